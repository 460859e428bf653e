using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;
using Xunit;

namespace Pudong.Twin.Contract;

/// <summary>What every event log promises; each adapter's tests inherit it.</summary>
public abstract class EventLogContract
{
    /// <summary>Opens an empty log that no other test uses.</summary>
    /// <param name="partitions">How many partitions it is created with.</param>
    protected abstract Task<IEventLog> Open(int partitions);

    [Fact]
    public async Task Extent_OfAnEmptyPartition_HoldsNothing()
    {
        var log = await Open(2);

        var extent = await log.Extent(1, TestContext.Current.CancellationToken);

        Assert.Equal(new LogExtent(LogPosition.Start.Next, LogPosition.Start), extent);
    }
}
