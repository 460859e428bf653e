using System.Diagnostics;
using Pudong.Twin.Contract;

namespace Pudong.Twin.Benchmarks.Storage;

/// <summary>What it costs to wait for events that do not come.</summary>
internal sealed class StreamIdle : IBenchmark
{
    private const string Yardstick = "silo without event streams";

    public string Name => "stream-idle";

    public string Question => "CPU time of an idle silo that follows 64 partitions, beside one that follows none; wanted: almost nothing";

    public Task Run(Session session, CancellationToken cancellationToken) => session.Compare(
        [Yardstick],
        [
            stop => Idle(session, Yardstick, withEvents: false, stop),
            stop => Idle(session, "silo with 64 idle partitions", withEvents: true, stop),
        ],
        cancellationToken);

    private static async Task<Figure[]> Idle(Session session, string name, bool withEvents, CancellationToken cancellationToken)
    {
        var log = new InMemoryEventLog(Load.Partitions);
        await using var silo = await DeliverySilo.Start(log, withEvents);
        await Task.Delay(session.Duration, cancellationToken);

        var (clock, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await Task.Delay(session.Duration, cancellationToken);
        var used = Environment.CpuUsage.TotalTime - cpu;

        return
        [
            new(name, used.TotalMilliseconds / clock.Elapsed.TotalSeconds, "ms/s"),
            new($"{name}: readings of the log", Enumerable.Range(0, Load.Partitions).Sum(partition => log.Script.Count(LogCall.Read, partition)), "readings"),
        ];
    }
}
