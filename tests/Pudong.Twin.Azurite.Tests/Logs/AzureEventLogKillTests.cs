using System.Globalization;
using Pudong.Twin.Azurite.Tests.Hosting;
using Pudong.Twin.Contract;
using Xunit;

namespace Pudong.Twin.Azurite.Tests.Logs;

/// <summary>Kills processes in the middle of appends, two at a time on one log, and looks for every batch that was accepted.</summary>
/// <remarks>The environment variable <c>TWIN_KILLS</c> sets how often (12 without it), <c>TWIN_SEED</c> repeats a run.</remarks>
public sealed class AzureEventLogKillTests(AzuriteFixture azurite)
{
    private const int Partitions = 3;

    private readonly string _container = AzuriteFixture.NewName("log");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_KilledAtRandomPoints_KeepsEveryAcceptedBatchOnceAndInOrder()
    {
        var (kills, seed) = (Setting("TWIN_KILLS", 12), Setting("TWIN_SEED", Environment.TickCount));
        TestContext.Current.TestOutputHelper!.WriteLine($"TWIN_SEED={seed} TWIN_KILLS={kills}");
        var random = new Random(seed);
        var accepted = new List<Accepted>();

        for (var kill = 0; kill < kills; kill += 2)
        {
            var silos = Enumerable.Range(kill, 2).Select(silo => AppendUntilKilled($"s{silo}", random.Next(), random.Next(80))).ToArray();
            accepted.AddRange((await Task.WhenAll(silos)).SelectMany(batches => batches));
        }

        Assert.NotEmpty(accepted);
        await Verify(accepted, $"TWIN_SEED={seed}");
    }

    private static int Setting(string name, int usual) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;

    private async Task<List<Accepted>> AppendUntilKilled(string name, int seed, int lines)
    {
        using var silo = new Peer("append", azurite.ConnectionString, _container, $"{Partitions}", name, $"{seed}");
        var accepted = new List<Accepted>();
        while (await silo.Line() is { } line)
        {
            // The last line may be torn; then nobody was told.
            if (Accepted.Parse(line) is { } batch)
            {
                accepted.Add(batch);
            }

            if (accepted.Count == lines)
            {
                silo.Kill();
            }
        }

        Assert.True(accepted.Count >= lines, $"The peer ended by itself: {await silo.Trouble}");
        return accepted;
    }

    private async Task Verify(List<Accepted> accepted, string seed)
    {
        await using var log = NewLog.Open(azurite.ConnectionString, _container, options => options.Partitions = Partitions);
        for (var partition = 0; partition < Partitions; partition++)
        {
            var texts = await log.Texts(partition, Token);
            Assert.True(texts.Distinct().Count() == texts.Count, $"{seed}: an event of partition {partition} is there twice.");
            foreach (var batch in accepted.Where(batch => batch.Partition == partition))
            {
                Assert.Equal(
                    Enumerable.Range(0, batch.Count).Select(index => $"{batch.Name}/{index}"),
                    texts.Skip((int)batch.First - 1).Take(batch.Count));
            }
        }
    }

    private sealed record Accepted(int Partition, long First, int Count, string Name)
    {
        public static Accepted? Parse(string line) => line.Split(' ') is ["appended", var partition, var first, var count, var name]
            ? new Accepted(
                int.Parse(partition, CultureInfo.InvariantCulture), long.Parse(first, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture), name)
            : null;
    }
}
