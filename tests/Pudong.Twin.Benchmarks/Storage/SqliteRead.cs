using System.Diagnostics;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Storage.Sqlite;

namespace Pudong.Twin.Benchmarks.Storage;

/// <summary>How fast the embedded log is read from one end to the other, as a recovery does.</summary>
internal sealed class SqliteRead : IBenchmark
{
    private const string Yardstick = "plain file";
    private const int Batches = 2_000;

    public string Name => "sqlite-read";

    public string Question => "64 partitions read one after the other, 2 million events of 100 bytes in blocks of 1,000; wanted: 2,000,000 events/s";

    public async Task Run(Session session, CancellationToken cancellationToken)
    {
        using var file = new SqliteFile(session, SqliteDurability.ProcessCrash);
        var batch = Load.Batch(0);
        for (var index = 0; index < Batches; index++)
        {
            await file.Log.Append(index % Load.Partitions, batch, cancellationToken);
        }

        await session.Compare(
            [Yardstick],
            [
                _ => Task.FromResult<Figure[]>([new(Yardstick, Rate(PlainFile.WriteAndRead(session, (long)Batches * batch.Bytes.Length).Read), "events/s")]),
                stop => Read(file.Log, stop),
            ],
            cancellationToken);
    }

    private static async Task<Figure[]> Read(SqliteEventLog log, CancellationToken cancellationToken)
    {
        var (clock, events, bytes) = (Stopwatch.StartNew(), 0L, 0L);
        for (var partition = 0; partition < log.Partitions; partition++)
        {
            await foreach (var block in log.Read(partition, LogPosition.Start.Next, cancellationToken))
            {
                foreach (var entry in block.Entries)
                {
                    events++;
                    bytes += entry.Length;
                }
            }
        }

        return events == Batches * Load.BatchSize && bytes > events
            ? [new("SQLite, read and walked", Rate(clock.Elapsed.TotalSeconds), "events/s")]
            : throw new InvalidOperationException($"Read {events} events where {Batches * Load.BatchSize} were written; the measurement is void.");
    }

    private static double Rate(double seconds) => Batches * Load.BatchSize / seconds;
}
