using System.Globalization;
using Pudong.Twin.Contract;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Storage.Sqlite;
using Xunit;

namespace Pudong.Twin.Storage.Tests.Sqlite;

/// <summary>Kills a process in the middle of appends, again and again on one file, and looks for every batch that was accepted.</summary>
/// <remarks>
/// The environment variable <c>TWIN_KILLS</c> sets how often (50 without it), <c>TWIN_SEED</c> repeats a run. The long form is
/// <c>TWIN_KILLS=2000 dotnet test --project tests/Pudong.Twin.Storage.Tests -c Release --filter-class "*KillTests"</c>.
/// </remarks>
public sealed class KillTests : IDisposable
{
    private const int Partitions = 4;

    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Append_KilledAtRandomPoints_KeepsEveryAcceptedBatchOnceAndInOrder()
    {
        var (kills, seed) = (Setting("TWIN_KILLS", 50), Setting("TWIN_SEED", Environment.TickCount));
        TestContext.Current.TestOutputHelper!.WriteLine($"TWIN_SEED={seed} TWIN_KILLS={kills}");
        var (random, path) = (new Random(seed), _folder.NewFile());
        var heads = new long[Partitions];
        var names = new HashSet<string>();

        for (var kill = 0; kill < kills; kill++)
        {
            var accepted = await AppendUntilKilled(path, random);
            await Verify(path, accepted, heads, names, $"kill {kill} of seed {seed}");
        }

        await Verify(path, [], new long[Partitions], [], $"the end of seed {seed}");
    }

    private static int Setting(string name, int usual) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;

    private static async Task<List<AcceptedBatch>> AppendUntilKilled(string path, Random random)
    {
        using var appender = new Appender(path, random.Next(), random.Next(2) == 0 ? SqliteDurability.ProcessCrash : SqliteDurability.PowerLoss, random.Next(1, 9));
        await appender.Opened();
        var (accepted, lines) = (new List<AcceptedBatch>(), random.Next(200));
        while (lines > 0 && await appender.Line() is { } line)
        {
            accepted.Add(AcceptedBatch.Parse(line)!);
            lines--;
        }

        appender.Kill();
        while (await appender.Line() is { } line)
        {
            // The last line may be torn; then nobody was told.
            if (AcceptedBatch.Parse(line) is { } batch)
            {
                accepted.Add(batch);
            }
        }

        return accepted;
    }

    /// <summary>Reads what came since the heads, checks it against what was accepted and moves the heads on.</summary>
    private async Task Verify(string path, List<AcceptedBatch> accepted, long[] heads, HashSet<string> names, string when)
    {
        var log = _folder.Open(new SqliteStorageOptions { Path = path, Partitions = Partitions });
        var token = TestContext.Current.CancellationToken;
        for (var partition = 0; partition < Partitions; partition++)
        {
            var texts = await log.Texts(partition, token, heads[partition] + 1);
            var found = Batches(texts, heads[partition], when);
            Assert.All(found, batch => Assert.True(names.Add(batch.Key), $"{when}: batch {batch.Key} is there twice."));
            Assert.All(accepted.Where(batch => batch.Partition == partition), batch => Assert.True(
                found.TryGetValue(batch.Name, out var place) && place == (batch.First, batch.Count),
                $"{when}: {batch} was accepted, but {place} is there."));
            heads[partition] += texts.Count;
            Assert.Equal(new LogPosition(heads[partition]), (await log.Extent(partition, token)).Head);
        }

        _folder.Close(log);
    }

    /// <summary>Groups events to batches; each has to begin with its first event and go on one by one.</summary>
    private static Dictionary<string, (long First, int Count)> Batches(List<string> texts, long head, string when)
    {
        var batches = new Dictionary<string, (long First, int Count)>();
        for (var index = 0; index < texts.Count; index++)
        {
            var (name, number) = (texts[index][..texts[index].IndexOf('/')], int.Parse(texts[index][(texts[index].IndexOf('/') + 1)..], CultureInfo.InvariantCulture));
            var batch = number == 0 ? (First: head + 1 + index, Count: 0) : batches[name];
            Assert.True(batch.First + batch.Count == head + 1 + index && number == batch.Count, $"{when}: event {texts[index]} stands at {head + 1 + index}.");
            batches[name] = (batch.First, batch.Count + 1);
        }

        return batches;
    }
}
