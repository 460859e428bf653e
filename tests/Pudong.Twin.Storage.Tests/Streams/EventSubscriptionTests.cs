using Pudong.Twin.Grains.Events;
using Xunit;

namespace Pudong.Twin.Storage.Tests.Streams;

/// <summary>Two silos with a PubSubStore: any grain may subscribe.</summary>
public sealed class SubscribableEventStreams() : EventStreamCluster(silos: 2, partitions: 8, _ => { }, withPubSubStore: true);

public sealed class EventSubscriptionTests(SubscribableEventStreams silos, SharedEventStreams withoutStore) : IClassFixture<SubscribableEventStreams>
{
    [Fact]
    public async Task Subscribe_BeforeTheFirstAppend_BringsItsBlock()
    {
        var partition = silos.Take();
        var witness = await Subscribe($"early-{partition}", partition);

        await silos.Log.Append(partition, 3);
        await witness.Until(() => witness.Delivered.Count == 1);

        Assert.Equal((1, 3), Bounds(witness.Delivered[0]));
    }

    [Fact]
    public async Task Subscribe_OnTwoSilos_LeavesImplicitSubscribersTheirBlocks()
    {
        for (var round = 0; round < 4; round++)
        {
            var partition = silos.Take();
            await silos.Log.Append(partition, 2, 2);
            await silos.Witnesses.Of(partition).UntilApplied(4);
        }
    }

    [Fact]
    public async Task Subscribe_WithoutPubSubStore_IsRefused()
    {
        var grain = withoutStore.Cluster.Client.GetGrain<ISubscriberGrain>("refused");

        var error = await Assert.ThrowsAnyAsync<Exception>(() => grain.Subscribe(1));

        Assert.Contains("implicit", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<Witness> Subscribe(string key, int partition)
    {
        await silos.Cluster.Client.GetGrain<ISubscriberGrain>(key).Subscribe(partition);
        return silos.Witnesses.Of(key);
    }

    private static (long First, long Last) Bounds(EventBlock block) => (block.First.Value, block.Last.Value);
}
