using System.Diagnostics;
using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Scans;
using Pudong.Twin.Query.Scans.Aggregates;
using Pudong.Twin.Query.Scans.Selection;

namespace Pudong.Twin.Benchmarks.Scans;

/// <summary>Five questions to 1.6 million rows, each beside DuckDB and beside a loop written for it by hand.</summary>
internal sealed class ScanQueries : IBenchmark
{
    private const double West = 121.5;
    private const double South = 31.0;
    private const double East = 121.6;
    private const double North = 31.1;

    private static readonly ScanOptions TwoThreads = new() { Threads = 2 };

    public string Name => "scan-queries";

    public string Question => "five questions to 1.6 million rows on 2 threads; wanted: 4 to 20 × as fast as DuckDB, within 2 × the time of a plain loop, the first in 5 ms";

    public async Task Run(Session session, CancellationToken cancellationToken)
    {
        var city = new City();
        var before = GC.GetTotalMemory(true);
        var table = city.ToTable();
        var version = table.Snapshot();
        session.Output.WriteLine(FormattableString.Invariant($"  memory of the table, keys and index included: {(GC.GetTotalMemory(true) - before) / (double)City.Rows:0.0} bytes a row"));
        using var duck = new DuckTable(city);

        foreach (var question in Questions(city, version))
        {
            var sql = duck.Prepare(question.Sql);
            Check(question, sql);
            session.Output.WriteLine($"  {question.Name}");
            await session.Compare(
                ["DuckDB"],
                [
                    stop => Measure("DuckDB", sql, session, stop),
                    stop => Measure("plain loop", question.Loop, session, stop),
                    stop => Measure("column scan", question.Scan, session, stop),
                ],
                cancellationToken);
        }

        GC.KeepAlive(table);
    }

    private static IEnumerable<ScanQuestion> Questions(City city, TableVersion<long> version)
    {
        var town = City.TownCode(7);
        var first = Filter.Parse($"kind = 'sensor' AND risk > 45 AND town = '{town}'", City.Schema);
        yield return new ScanQuestion(
            "count where kind, risk and town",
            () => TableScan.Count([version], first, options: TwoThreads),
            $"SELECT count(*) FROM city WHERE kind = 'sensor' AND risk > 45 AND town = '{town}'",
            () => PlainLoops.CountWhere(city, 0, 45, 7));

        var risky = Filter.Parse("risk > 45", City.Schema);
        yield return new ScanQuestion(
            "count by town where risk > 45",
            () => Figures(version, new AggregateQuery { Filter = risky, Aggregates = [Aggregate.Count()], GroupBy = [new GroupKey("town")] }),
            "SELECT town, count(*) FROM city WHERE risk > 45 GROUP BY town",
            () => PlainLoops.CountByTown(city, 45));

        yield return new ScanQuestion(
            "top 100 by risk",
            () => TableScan.Select([version], new SelectQuery<long> { Sort = [new SortKey("risk", true)], Limit = 100, CountMatched = false }, TwoThreads)
                .Hits.Sum(hit => hit[3].Number),
            "SELECT risk FROM city ORDER BY risk DESC LIMIT 100",
            () => PlainLoops.TopByRisk(city, 100));

        var box = Filter.Parse(
            FormattableString.Invariant($"S_INTERSECTS(place, BBOX({West}, {South}, {East}, {North})) AND load BETWEEN 2 AND 5"), City.Schema);
        yield return new ScanQuestion(
            "count in a box with a range of numbers",
            () => TableScan.Count([version], box, options: TwoThreads),
            FormattableString.Invariant($"SELECT count(*) FROM city WHERE x BETWEEN {West} AND {East} AND y BETWEEN {South} AND {North} AND load BETWEEN 2 AND 5"),
            () => PlainLoops.CountInBox(city, West, South, East, North, 2, 5));

        yield return new ScanQuestion(
            "mean and 95th percentile of risk by town and kind",
            () => Figures(version, new AggregateQuery
            {
                Aggregates = [Aggregate.Average("risk"), Aggregate.Quantile("risk", 0.95)],
                GroupBy = [new GroupKey("town"), new GroupKey("kind")],
            }),
            "SELECT town, kind, avg(risk), quantile_disc(risk, 0.95) FROM city GROUP BY town, kind",
            () => PlainLoops.MeanAndP95(city));
    }

    private static double Figures(TableVersion<long> version, AggregateQuery query) =>
        TableScan.Aggregate([version], query, TwoThreads).Finish().Groups.Sum(group => group.Figures.Sum(figure => figure.Number));

    private static void Check(ScanQuestion question, Func<double> sql)
    {
        var (scan, loop, duck) = (question.Scan(), question.Loop(), sql());
        if (Math.Abs(scan - loop) > 1e-6 * Math.Abs(loop) || Math.Abs(scan - duck) > 1e-6 * Math.Abs(duck))
        {
            throw new InvalidOperationException($"{question.Name}: scan {scan}, loop {loop} and DuckDB {duck} should agree; the measurement is void.");
        }
    }

    private static Task<Figure[]> Measure(string name, Func<double> ask, Session session, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var times = 0;
        while (clock.Elapsed < session.Duration / 4 && !cancellationToken.IsCancellationRequested)
        {
            ask();
            times++;
        }

        return Task.FromResult<Figure[]>([new(name, clock.Elapsed.TotalMilliseconds / times, "ms")]);
    }

    private sealed record ScanQuestion(string Name, Func<double> Scan, string Sql, Func<double> Loop);
}
