using System.Security.Cryptography;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Benchmarks.Storage;

/// <summary>The load that the issue names: events of 100 bytes, batches of 1,000, 8 appenders, 64 partitions.</summary>
internal static class Load
{
    public const int Partitions = 64;
    public const int Appenders = 8;
    public const int BatchSize = 1_000;
    private const int EventSize = 100;

    /// <summary>One event by itself.</summary>
    public static byte[] Event { get; } = RandomNumberGenerator.GetBytes(EventSize);

    /// <summary>A batch whose content compresses about as badly as identifiers and readings do.</summary>
    /// <param name="seed">Makes batches differ.</param>
    public static EventBatch Batch(int seed)
    {
        var random = new Random(seed);
        var writer = new EventBatch.Writer();
        var entry = new byte[EventSize];
        for (var index = 0; index < BatchSize; index++)
        {
            random.NextBytes(entry);
            writer.Add(entry);
        }

        return writer.ToBatch();
    }

    /// <summary>Lets the appenders append, each to its own share of the partitions in turn, until the time is over.</summary>
    /// <returns>How many events were accepted.</returns>
    public static async Task<long> Append(IEventLog log, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(duration);
        var counts = await Task.WhenAll(Enumerable.Range(0, Appenders).Select(appender => Task.Run(() => Append(log, appender, end.Token), cancellationToken)));
        return counts.Sum();
    }

    private static async Task<long> Append(IEventLog log, int appender, CancellationToken end)
    {
        var batch = Batch(appender);
        var events = 0L;
        for (var partition = appender; !end.IsCancellationRequested; partition = (partition + Appenders) % log.Partitions)
        {
            // Not cancelled half-way: what is counted was accepted.
            await log.Append(partition, batch, CancellationToken.None);
            events += batch.Count;
        }

        return events;
    }
}
