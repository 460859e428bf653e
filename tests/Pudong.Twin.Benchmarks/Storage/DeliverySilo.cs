using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;
using Orleans.Streams.Core;
using Orleans.TestingHost;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Storage.Streams;

namespace Pudong.Twin.Benchmarks.Storage;

/// <summary>One silo with a grain for each partition that does nothing but say what arrived.</summary>
internal sealed class DeliverySilo : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private DeliverySilo(InProcessTestCluster cluster, IEventLog log, Arrivals arrivals)
    {
        _cluster = cluster;
        Log = log;
        Arrivals = arrivals;
    }

    public IEventLog Log { get; }

    public Arrivals Arrivals { get; }

    /// <summary>Starts a silo.</summary>
    /// <param name="log">The log whose partitions are delivered.</param>
    /// <param name="withEvents">Whether they are delivered at all.</param>
    public static async Task<DeliverySilo> Start(IEventLog log, bool withEvents = true)
    {
        var arrivals = new Arrivals();
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(log).AddSingleton(arrivals);
            if (withEvents)
            {
                silo.AddTwinEvents();
            }
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new DeliverySilo(cluster, log, arrivals);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}

/// <summary>Tells an appender that its batch has arrived.</summary>
public sealed class Arrivals
{
    private readonly ConcurrentDictionary<(int Partition, LogPosition Last), TaskCompletionSource> _arrived = [];

    internal Task Of(int partition, LogPosition last) => Entry(partition, last).Task;

    internal void Forget(int partition, LogPosition last) => _arrived.TryRemove((partition, last), out _);

    internal void Arrive(EventBlock block) => Entry(block.Partition, block.Last).TrySetResult();

    private TaskCompletionSource Entry(int partition, LogPosition last) =>
        _arrived.GetOrAdd((partition, last), _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}

/// <summary>Receives the blocks of one partition.</summary>
public interface IDeliveryGrain : IGrainWithIntegerKey;

/// <summary>Says what arrived.</summary>
[GrainType("benchmark-delivery"), ImplicitStreamSubscription(EventStreams.Namespace)]
public sealed class DeliveryGrain(Arrivals arrivals) : Grain, IDeliveryGrain, IStreamSubscriptionObserver, IAsyncBatchObserver<EventBlock>
{
    /// <inheritdoc/>
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<EventBlock>().ResumeAsync(this);

    /// <inheritdoc/>
    public Task OnNextAsync(IList<SequentialItem<EventBlock>> items)
    {
        foreach (var item in items)
        {
            arrivals.Arrive(item.Item);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task OnErrorAsync(Exception ex) => throw new InvalidOperationException("A delivery was lost; the measurement is void.", ex);
}
