using System.Diagnostics;
using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Scans;

namespace Pudong.Twin.Benchmarks.Scans;

/// <summary>Point updates while a reader scans in a loop, and what a fork costs.</summary>
internal sealed class TableWrites : IBenchmark
{
    private const string Yardstick = "plain array of doubles";
    private const int BatchSize = 4_096;

    public string Name => "table-writes";

    public string Question => "updates of one number in 1.6 million rows by key, on one core while another scans; wanted: 5,000,000/s, and a fork within 1 ms";

    public async Task Run(Session session, CancellationToken cancellationToken)
    {
        var city = new City();
        var table = city.ToTable();
        var filter = Filter.Parse("kind = 'sensor' AND risk > 45", City.Schema);
        await session.Compare(
            [Yardstick],
            [
                _ => Task.FromResult<Figure[]>([new(Yardstick, Rate(session, Plain(city)), "updates/s")]),
                _ => Task.FromResult<Figure[]>([new("table, nobody reading", Rate(session, InTable(table)), "updates/s")]),
                stop => WhileScanning(session, table, filter, TimeSpan.FromMilliseconds(20), stop),
                stop => WhileScanning(session, table, filter, TimeSpan.Zero, stop),
            ],
            cancellationToken);
        Fork(session, table);
    }

    private static Action<long[], double[]> Plain(City city) => (keys, values) =>
    {
        for (var i = 0; i < keys.Length; i++)
        {
            city.Load[keys[i]] = values[i];
        }
    };

    private static Action<long[], double[]> InTable(ColumnTable<long> table) => (keys, values) => table.UpdateNumbers(keys, 4, values);

    private static async Task<Figure[]> WhileScanning(Session session, ColumnTable<long> table, Filter filter, TimeSpan age, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var scans = 0;
        var reader = Task.Factory.StartNew(
            () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    TableScan.Count([table.Snapshot(age)], filter, options: new ScanOptions { Threads = 1 });
                    scans++;
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var clock = Stopwatch.StartNew();
        var rate = Rate(session, InTable(table));
        var seconds = clock.Elapsed.TotalSeconds;
        await stop.CancelAsync();
        await reader;
        var name = $"a reader in a loop, versions of {age.TotalMilliseconds} ms";
        return [new($"table, {name}", rate, "updates/s"), new($"scans, {name}", scans / seconds, "scans/s")];
    }

    private static double Rate(Session session, Action<long[], double[]> update)
    {
        var random = new Random(1);
        var keys = Enumerable.Range(0, 64).Select(_ => Enumerable.Range(0, BatchSize).Select(_ => random.NextInt64(City.Rows)).ToArray()).ToArray();
        var values = Enumerable.Range(0, BatchSize).Select(_ => random.NextDouble()).ToArray();
        var (clock, updates) = (Stopwatch.StartNew(), 0L);
        while (clock.Elapsed < session.Duration)
        {
            update(keys[updates / BatchSize % keys.Length], values);
            updates += BatchSize;
        }

        return updates / clock.Elapsed.TotalSeconds;
    }

    private static void Fork(Session session, ColumnTable<long> table)
    {
        var times = new double[101];
        for (var i = 0; i < times.Length; i++)
        {
            table.SetNumber(0, 4, i);
            var start = Stopwatch.GetTimestamp();
            var fork = table.Fork();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            GC.KeepAlive(fork);
        }

        Array.Sort(times);
        session.Output.WriteLine(FormattableString.Invariant($"  fork of 1.6 million rows: median {times[50]:0.0000} ms, longest of 101 {times[100]:0.0000} ms"));
    }
}
