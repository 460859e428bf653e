using Pudong.Twin.Storage.Streams;
using Xunit;

namespace Pudong.Twin.Storage.Tests.Streams;

public sealed class EventQueueMapperTests
{
    [Fact]
    public void GetQueueForStream_OfEachPartition_IsTheQueueThatReadsIt()
    {
        var mapper = new EventQueueMapper(64);

        for (var partition = 0; partition < 64; partition++)
        {
            Assert.Equal(partition, EventQueueMapper.PartitionOf(mapper.GetQueueForStream(EventStreams.Of(partition))));
        }
    }

    [Fact]
    public void GetQueueForStream_OnTwoSilos_IsTheSameQueue() => Assert.Equal(
        new EventQueueMapper(7).GetAllQueues(),
        new EventQueueMapper(7).GetAllQueues());

    [Fact]
    public void GetQueueForStream_OfNoPartition_SaysWhichStreamsThereAre()
    {
        var error = Assert.Throws<ArgumentException>(() => new EventQueueMapper(7).GetQueueForStream(StreamId.Create("events", 7)));

        Assert.Contains("integer keys 0 to 6", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 64), InlineData(2, 64), InlineData(3, 64), InlineData(5, 64), InlineData(3, 1), InlineData(3, 7)]
    public void GetQueuesForRange_OfEqualShares_SpreadsEvenlyAndLeavesNoQueueOut(int silos, int partitions)
    {
        var mapper = new EventQueueMapper(partitions);

        var shares = Enumerable.Range(0, silos).Select(silo => mapper.GetQueuesForRange(Share(silo, silos)).ToArray()).ToArray();

        Assert.Equal(mapper.GetAllQueues().Order(), shares.SelectMany(queues => queues).Order());
        Assert.InRange(shares.Max(queues => queues.Length) - shares.Min(queues => queues.Length), 0, 1);
    }

    private static IRingRange Share(int silo, int silos) => silos == 1
        ? RangeFactory.CreateFullRange()
        : RangeFactory.CreateRange(Bound(silo, silos), Bound(silo + 1, silos));

    private static uint Bound(int silo, int silos) => (uint)((1UL << 32) * (ulong)(silo % silos) / (ulong)silos);
}
