using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.TestingHost;
using Pudong.Twin.Contract;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Storage.Streams;
using Pudong.Twin.Storage.Tests.Streams;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedEventStreams))]

namespace Pudong.Twin.Storage.Tests.Streams;

/// <summary>Silos that deliver an event log in memory to readers, one for each partition.</summary>
public abstract class EventStreamCluster(short silos, int partitions, Action<EventStreamOptions> configure, bool withPubSubStore) : IAsyncLifetime
{
    private int _taken;

    /// <summary>The silos.</summary>
    public InProcessTestCluster Cluster { get; private set; } = null!;

    /// <summary>The log that is delivered.</summary>
    public InMemoryEventLog Log { get; } = new(partitions);

    /// <summary>What the grains have seen.</summary>
    public Witnesses Witnesses { get; } = new();

    /// <summary>Hears when a cache is full.</summary>
    public PressureWatch Pressure { get; } = new();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await Prepare();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) => Configure(silo));
        Cluster = builder.Build();
        await Cluster.DeployAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes a partition that no other test uses.</summary>
    public int Take()
    {
        var partition = Interlocked.Increment(ref _taken);
        Assert.True(partition < Log.Partitions, $"The cluster has {Log.Partitions} partitions; give it more for this many tests.");
        return partition;
    }

    /// <summary>Fills the log before any silo runs.</summary>
    protected virtual Task Prepare() => Task.CompletedTask;

    private void Configure(ISiloBuilder silo)
    {
        silo.Services.AddSingleton<IEventLog>(Log);
        silo.Services.AddSingleton(Witnesses);
        silo.Services.AddLogging(logging => logging.AddProvider(Pressure).AddFilter<PressureWatch>("Orleans.Streams.events", LogLevel.Information));
        // A killed silo is noticed after a second instead of half a minute.
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = TimeSpan.FromSeconds(1);
            membership.NumMissedProbesLimit = 1;
        });
        silo.AddTwinEvents("events", configure);
        if (withPubSubStore)
        {
            silo.AddMemoryGrainStorage("PubSubStore");
        }
    }
}

/// <summary>The one silo that most tests share: implicit subscriptions, short waits, a small cache.</summary>
public sealed class SharedEventStreams() : EventStreamCluster(silos: 1, partitions: 16, Configure, withPubSubStore: false)
{
    /// <summary>Blocks that an agent keeps.</summary>
    public const int CacheBlocks = 20;

    /// <summary>A partition whose blocks are older than the silo.</summary>
    public const int Filled = 0;

    /// <inheritdoc/>
    protected override Task Prepare() => Log.Append(Filled, 2, 3, 4);

    private static void Configure(EventStreamOptions options)
    {
        options.CacheBlocks = CacheBlocks;
        options.DeliveryPatience = TimeSpan.FromSeconds(3);
        options.IdleWait = TimeSpan.FromMilliseconds(100);
    }
}
