using Orleans.Providers.Streams.Common;
using Pudong.Twin.Domain.Events;
using Xunit;

namespace Pudong.Twin.Storage.Tests.Streams;

/// <summary>Three silos, of which one is killed.</summary>
public sealed class MortalEventStreams() : EventStreamCluster(silos: 3, partitions: 24, _ => { }, withPubSubStore: false);

public sealed class EventAgentTests(MortalEventStreams silos) : IClassFixture<MortalEventStreams>
{
    [Fact]
    public async Task Delivery_AfterASiloWasKilled_GoesOnForEveryPartition()
    {
        await AppendEverywhere();
        await UntilApplied(2);
        var agents = await RunningAgents();
        Assert.Equal(silos.Log.Partitions, agents.Sum());
        Assert.DoesNotContain(0, agents);

        await silos.Cluster.KillSiloAsync(silos.Cluster.Silos[1], TestContext.Current.CancellationToken);
        var head = 4;
        await AppendEverywhere();
        await UntilApplied(head);

        // What was just delivered may have been the last deed of an agent on the killed silo.
        while ((await RunningAgents()).Sum() < silos.Log.Partitions)
        {
            head += 2;
            await AppendEverywhere();
            await UntilApplied(head);
        }
    }

    private async Task AppendEverywhere()
    {
        for (var partition = 0; partition < silos.Log.Partitions; partition++)
        {
            await silos.Log.Append(partition, 2);
        }
    }

    private async Task UntilApplied(int head)
    {
        for (var partition = 0; partition < silos.Log.Partitions; partition++)
        {
            var witness = silos.Witnesses.Of(partition);
            await witness.UntilApplied(head);
            Assert.Equal(Enumerable.Range(1, head).Select(value => new LogPosition(value)), witness.Applied);
        }
    }

    private async Task<int[]> RunningAgents()
    {
        var answers = await silos.Cluster.Client.GetGrain<IManagementGrain>(0).SendControlCommandToProvider<PersistentStreamProvider>(
            "events", (int)PersistentStreamProviderCommand.GetNumberRunningAgents);
        return [.. answers.Cast<int>()];
    }
}
