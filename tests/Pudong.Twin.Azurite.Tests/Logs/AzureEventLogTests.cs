using Pudong.Twin.Azurite.Tests.Hosting;
using Pudong.Twin.Contract;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Storage.Azure.Logs;

namespace Pudong.Twin.Azurite.Tests.Logs;

/// <summary>The event log in append blobs keeps what every event log promises.</summary>
public class AzureEventLogTests(AzuriteFixture azurite) : EventLogContract
{
    private readonly Dictionary<IEventLog, string> _containers = [];

    /// <inheritdoc/>
    protected override Task<IEventLog> Open(int partitions) => Open(AzuriteFixture.NewName("log"), partitions);

    /// <inheritdoc/>
    protected override async Task<IEventLog> Reopen(IEventLog log, int partitions)
    {
        await ((AzureEventLog)log).DisposeAsync();
        return await Open(_containers[log], partitions);
    }

    /// <inheritdoc/>
    protected override Task<IEventLog> OpenBeside(IEventLog log) => Open(_containers[log], log.Partitions);

    /// <summary>Sets what differs from the defaults.</summary>
    /// <param name="options">The log's options.</param>
    private protected virtual void Configure(AzureEventLogOptions options) => options.PollInterval = 200;

    private async Task<IEventLog> Open(string container, int partitions)
    {
        var log = NewLog.Open(azurite.ConnectionString, container, options =>
        {
            options.Partitions = partitions;
            Configure(options);
        });
        await log.Start(Token);
        _containers.Add(log, container);
        return log;
    }
}

/// <summary>The same with segments of three blocks or one kilobyte and nothing in memory, so that each test crosses segments and reads from the storage.</summary>
public sealed class AzureEventLogOfSmallSegmentsTests(AzuriteFixture azurite) : AzureEventLogTests(azurite)
{
    private protected override void Configure(AzureEventLogOptions options)
    {
        base.Configure(options);
        options.SegmentBlocks = 3;
        options.SegmentBytes = 1_024;
        options.RecentBytes = 0;
    }
}
