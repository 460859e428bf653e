using System.Diagnostics;
using Pudong.Twin.Storage.Sqlite;

namespace Pudong.Twin.Benchmarks.Storage;

/// <summary>How many events a second the embedded log accepts.</summary>
internal sealed class SqliteAppend : IBenchmark
{
    private const string Yardstick = "plain file";

    public string Name => "sqlite-append";

    public string Question => "8 appenders, batches of 1,000 events of 100 bytes, 64 partitions; wanted: 500,000 events/s that survive kill -9";

    public Task Run(Session session, CancellationToken cancellationToken) => session.Compare(
        [Yardstick],
        [
            stop => PlainFile.Append(session, Yardstick, flushEach: 0, stop),
            stop => Append(session, "SQLite, survives kill -9", SqliteDurability.ProcessCrash, stop),
            stop => PlainFile.Append(session, "plain file, fsync each 8 batches", flushEach: Load.Appenders, stop),
            stop => Append(session, "SQLite, survives power loss", SqliteDurability.PowerLoss, stop),
            stop => PlainFile.Flush(session, stop),
        ],
        cancellationToken);

    private static async Task<Figure[]> Append(Session session, string name, SqliteDurability durability, CancellationToken cancellationToken)
    {
        using var file = new SqliteFile(session, durability);
        var (clock, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var events = await Load.Append(file.Log, session.Duration, cancellationToken);
        var used = Environment.CpuUsage.TotalTime - cpu;
        return
        [
            new(name, events / clock.Elapsed.TotalSeconds, "events/s"),
            new($"{name}: CPU", used.TotalMicroseconds / Math.Max(1, events), "µs/event"),
        ];
    }
}
