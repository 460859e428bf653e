using System.Diagnostics;
using Pudong.Twin.Contract;
using Pudong.Twin.Storage.Sqlite;

namespace Pudong.Twin.Benchmarks.Storage;

/// <summary>How soon an appended batch reaches the grain that follows its partition.</summary>
internal sealed class StreamDelivery : IBenchmark
{
    // 8 appenders with a batch of 1,000 events each 40 ms: 200,000 events a second.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(40);

    public string Name => "stream-delivery";

    public string Question => "how soon a batch of 1,000 reaches its grain in one silo at 200,000 events/s; wanted: p99 of 10 ms at most";

    public async Task Run(Session session, CancellationToken cancellationToken)
    {
        using var crash = new SqliteFile(session, SqliteDurability.ProcessCrash);
        using var powerLoss = new SqliteFile(session, SqliteDurability.PowerLoss);
        await using var memory = await DeliverySilo.Start(new InMemoryEventLog(Load.Partitions));
        await using var survivesCrash = await DeliverySilo.Start(crash.Log);
        await using var survivesPowerLoss = await DeliverySilo.Start(powerLoss.Log);

        await session.Compare(
            [],
            [
                stop => Measure("memory", memory, session.Duration, stop),
                stop => Measure("SQLite, kill -9", survivesCrash, session.Duration, stop),
                stop => Measure("SQLite, power loss", survivesPowerLoss, session.Duration, stop),
            ],
            cancellationToken);
    }

    private static async Task<Figure[]> Measure(string name, DeliverySilo silo, TimeSpan duration, CancellationToken cancellationToken)
    {
        var fromCall = new Latencies();
        var fromAcceptance = new Latencies();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(duration);

        var counts = await Task.WhenAll(Enumerable.Range(0, Load.Appenders).Select(
            appender => Task.Run(() => Follow(silo, appender, fromCall, fromAcceptance, end.Token), cancellationToken)));

        return
        [
            .. fromCall.Figures($"{name}: append to grain"),
            .. fromAcceptance.Figures($"{name}: accepted to grain"),
            new($"{name}: delivered", counts.Sum() / duration.TotalSeconds, "events/s"),
        ];
    }

    private static async Task<long> Follow(DeliverySilo silo, int appender, Latencies fromCall, Latencies fromAcceptance, CancellationToken end)
    {
        var batch = Load.Batch(appender);
        var events = 0L;
        using var pace = new PeriodicTimer(Pace);
        for (var partition = appender; !end.IsCancellationRequested; partition = (partition + Load.Appenders) % Load.Partitions)
        {
            await pace.WaitForNextTickAsync(CancellationToken.None);
            var called = Stopwatch.GetTimestamp();
            var last = await silo.Log.Append(partition, batch, CancellationToken.None) + (batch.Count - 1);
            var accepted = Stopwatch.GetTimestamp();
            await silo.Arrivals.Of(partition, last);
            fromAcceptance.AddSince(accepted);
            fromCall.AddSince(called);
            silo.Arrivals.Forget(partition, last);
            events += batch.Count;
        }

        return events;
    }
}
