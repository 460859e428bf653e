using Pudong.Twin.Contracts.Elements;
using Pudong.Twin.Contracts.Events;
using Pudong.Twin.Contracts.Partitions;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Silo.Tests.Hosting;
using Xunit;

namespace Pudong.Twin.Silo.Tests;

/// <summary>A silo that is killed at any moment loses nothing that it acknowledged and does nothing twice.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 5;
    private const int Partitions = 16;

    [Fact]
    public async Task Kill_UnderLoad_LetsEveryAcknowledgedEventTakeEffectOnce()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        using var folder = new DataFolder();
        Producer[] producers = [.. Enumerable.Range(0, 4).Select(number => new Producer($"p{number}"))];

        for (var kill = 0; kill < Kills; kill++)
        {
            var acknowledged = await LiveAndDie(folder, producers, random.Next(1, 120));
            output.WriteLine($"Kill {kill + 1} after {acknowledged} acknowledged batches, {producers.Count(producer => producer.HasPending)} pending.");
        }

        await Compare(folder, producers);
    }

    private static string[] Arguments(DataFolder folder) =>
        ["--data", folder.Path, "--Twin:Sqlite:Partitions", $"{Partitions}", "--Twin:Partitions:SnapshotEvents", "300", "--Twin:Partitions:CheckInterval", "00:00:00.200"];

    private static async Task<int> LiveAndDie(DataFolder folder, Producer[] producers, int batches)
    {
        using var silo = new SiloProcess(Arguments(folder));
        await silo.Open();
        await using var client = await SiloClient.Connect(silo);
        using var stopping = new CancellationTokenSource();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var acknowledged = 0;
        var ingest = client.Grains.GetGrain<IIngestGrain>(0);
        var runs = Task.WhenAll(producers.Select(producer => Task.Run(() => producer.Run(ingest, Count, stopping.Token))));

        // A producer that fails before the kill ends the test with its reason.
        await (await Task.WhenAny(enough.Task, runs).WaitAsync(SiloProcess.Patience));
        silo.Kill();
        await stopping.CancelAsync();
        await runs;
        return acknowledged;

        void Count()
        {
            if (Interlocked.Increment(ref acknowledged) >= batches)
            {
                enough.TrySetResult();
            }
        }
    }

    private async Task Compare(DataFolder folder, Producer[] producers)
    {
        using var silo = new SiloProcess(Arguments(folder));
        await silo.Open();
        await using var client = await SiloClient.Connect(silo);
        var ingest = client.Grains.GetGrain<IIngestGrain>(0);
        foreach (var producer in producers)
        {
            await producer.SendOne(ingest, CancellationToken.None);
        }

        await Task.WhenAll(producers.SelectMany(producer => producer.Positions).Select(position =>
            client.Grains.GetGrain<IPartitionGrain>(position.Partition).WaitFor(position.Position).AsTask()));
        var expected = Fold(producers);
        var hash = default(StateHash);
        for (var partition = 0; partition < Partitions; partition++)
        {
            hash += (await client.Grains.GetGrain<IPartitionGrain>(partition).Hash()).Hash;
        }

        output.WriteLine($"{producers.Sum(producer => producer.Acknowledged.Count)} events about {expected.Count} sensors were acknowledged; the state hash is {hash}.");
        foreach (var state in expected)
        {
            Assert.Equal(state.Revision, (await client.Grains.GetElement(state.Id).Read())!.State.Revision);
        }

        Assert.Equal(StateHash.Of(expected), hash);
    }

    private static List<ElementState> Fold(Producer[] producers)
    {
        var states = new Dictionary<ElementId, ElementState>();
        foreach (var e in producers.SelectMany(producer => producer.Acknowledged))
        {
            var transition = Kernel.Apply(ShippedPackages.Core, states.GetValueOrDefault(e.Subject) ?? ElementState.Unknown(e.Subject), e);
            Assert.Equal(Outcome.Applied, transition.Outcome);
            Assert.Empty(transition.Effects);
            states[e.Subject] = transition.State;
        }

        return [.. states.Values];
    }
}
