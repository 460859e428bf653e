using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Scans;
using Pudong.Twin.Query.Scans.Aggregates;
using Pudong.Twin.Query.Scans.Selection;
using Pudong.Twin.Query.Schemas;
using Xunit;

namespace Pudong.Twin.Query.Tests.Scans;

/// <summary>Scans over many blocks and several threads, where small generated tables do not reach.</summary>
public sealed class TableScanTests
{
    private const int Count = 100_000;

    private static readonly ScanOptions TwoThreads = new() { Threads = 2 };

    private static readonly Schema Schema = new(
        new Queryable("few", QueryableType.Text),
        new Queryable("some", QueryableType.Text),
        new Queryable("many", QueryableType.Text),
        new Queryable("x", QueryableType.Number),
        new Queryable("n", QueryableType.Integer),
        new Queryable("day", QueryableType.Date),
        new Queryable("seen", QueryableType.Timestamp),
        new Queryable("open", QueryableType.Boolean),
        new Queryable("place", QueryableType.Point));

    private static readonly Lazy<TableVersion<long>> Table = new(Fill);

    [Theory]
    [InlineData("few = 'f3'")]
    [InlineData("few <> 'f3'")]
    [InlineData("few IN ('f1', 'f5', 'nothing')")]
    [InlineData("some = 's777' OR some = 's12'")]
    [InlineData("some LIKE 's1%' AND NOT some LIKE '%7'")]
    [InlineData("many = 'm99999'")]
    [InlineData("many > 'm5' AND x < 500")]
    [InlineData("x > 10 AND x <= 20.5")]
    [InlineData("NOT (x BETWEEN 100 AND 900)")]
    [InlineData("x IN (1, 2, 3.5)")]
    [InlineData("n >= 99990 OR n < 3")]
    [InlineData("n <> 5")]
    [InlineData("n > 99990.5 AND n <= 99995.5 AND n <> 99992.5 AND n <> 99993.0")]
    [InlineData("n < x")]
    [InlineData("n * 2 < x + 1")]
    [InlineData("day >= '2021-06-01' AND day < '2021-06-03'")]
    [InlineData("T_INTERSECTS(day, INTERVAL('2021-06-01','2021-06-02'))")]
    [InlineData("T_BEFORE(INTERVAL('2021-06-01','2021-06-02'), day)")]
    [InlineData("NOT T_AFTER(day, '2021-06-01')")]
    [InlineData("T_AFTER(seen, '2021-01-02T00:00:00Z')")]
    [InlineData("T_BEFORE('2021-01-02T00:00:00Z', seen)")]
    [InlineData("T_DISJOINT(seen, INTERVAL('2021-01-02','2021-01-02'))")]
    [InlineData("open AND few = 'f2'")]
    [InlineData("open IS NULL OR x IS NULL")]
    [InlineData("S_INTERSECTS(place, BBOX(121.2, 31.1, 121.3, 31.2))")]
    [InlineData("S_INTERSECTS(place, BBOX(121.95, 31, -121, 31.01))")]
    [InlineData("S_WITHIN(place, POLYGON((121.1 31.1, 121.4 31.1, 121.1 31.4, 121.1 31.1)))")]
    [InlineData("NOT S_DISJOINT(place, BBOX(121.2, 31.1, 121.3, 31.2)) AND x > 500")]
    [InlineData("few = 'f1' AND x > 45 AND S_INTERSECTS(place, BBOX(121.2, 31.1, 121.6, 31.6)) AND open")]
    public void Count_OverManyBlocks_AgreesWithTheRowEvaluator(string text)
    {
        var filter = Filter.Parse(text, Schema);
        var version = Table.Value;
        var record = new TableRecord();
        record.MoveTo(version);
        var expected = 0L;
        foreach (var row in version.Rows())
        {
            record.Row = row;
            expected += filter.Matches(record, 0) ? 1 : 0;
        }

        Assert.Equal(expected, TableScan.Count([version], filter, options: TwoThreads));
        Assert.NotEqual(0, expected);
    }

    [Fact]
    public void Aggregate_BySeveralThreads_GivesTheFiguresOfOne()
    {
        var query = new AggregateQuery
        {
            Filter = Filter.Parse("x > 10 OR open", Schema),
            Aggregates = [Aggregate.Count(), Aggregate.Sum("x"), Aggregate.Average("n"), Aggregate.Quantile("x", 0.95), Aggregate.Distinct("many"), Aggregate.Maximum("seen")],
            GroupBy = [new GroupKey("few"), new GroupKey("some")],
        };

        var one = TableScan.Aggregate([Table.Value], query, new ScanOptions { Threads = 1 }).Finish();
        var two = TableScan.Aggregate([Table.Value], query, TwoThreads).Finish();

        Assert.Equal(one.Groups.Length, two.Groups.Length);
        Assert.All(one.Groups.Zip(two.Groups), both =>
        {
            Assert.Equal(both.First.Keys, both.Second.Keys);
            Assert.Equal(both.First.Figures, both.Second.Figures);
        });
    }

    [Fact]
    public void Aggregate_RefusedByOneOfSeveralThreads_IsThatRefusal()
    {
        var query = new AggregateQuery { Aggregates = [Aggregate.Count()], GroupBy = [new GroupKey("n")] };

        Assert.Equal(
            nameof(ScanOptions.Groups),
            Assert.Throws<QueryException>(() => TableScan.Aggregate([Table.Value], query, new ScanOptions { Threads = 2, Groups = 100 })).Bound);
        Assert.Throws<OperationCanceledException>(() => TableScan.Count([Table.Value], null, 0, TwoThreads, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Aggregate_OfManyGroupsWithManyBins_IsRefusedBeforeItTakesTheMemory()
    {
        var query = new AggregateQuery { Aggregates = [Aggregate.Histogram("x", 0, 1, 1_000)], GroupBy = [new GroupKey("n")] };

        Assert.Equal(nameof(ScanOptions.HistogramBins), Assert.Throws<QueryException>(() => TableScan.Aggregate([Table.Value], query)).Bound);
    }

    [Fact]
    public void Select_PagesInStoredOrder_GiveEveryRowOnce()
    {
        var found = new HashSet<long>();
        var query = new SelectQuery<long> { Limit = 9_000, CountMatched = false };
        Page<long> page;
        do
        {
            page = TableScan.Select([Table.Value], query, TwoThreads);
            Assert.All(page.Hits, hit => Assert.True(found.Add(hit.Key)));
            query = query with { After = page.Next };
        }
        while (page.Next is not null);

        Assert.Equal(Table.Value.Count, found.Count);
    }

    [Fact]
    public void Count_WithTheFilterOfAnotherSchema_IsRefused()
    {
        var other = Filter.Parse("x > 1", new Schema(new Queryable("x", QueryableType.Number)));

        Assert.Throws<QueryException>(() => TableScan.Count([Table.Value], other));
    }

    private static TableVersion<long> Fill()
    {
        var table = new ColumnTable<long>(Schema);
        var random = new Random(4_711);
        var start = new DateTime(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var i = 0; i < Count; i++)
        {
            var isNull = i % 97 == 5 && i > 50_000;
            table.TryInsert(i,
            [
                Value.Of($"f{i / 1_000 % 7}"),
                Value.Of($"s{i % 1_009}"),
                Value.Of($"m{i}"),
                isNull ? Value.Null : Value.Of(random.Next(100_000) / 100.0),
                Value.Of((long)i),
                Value.Of(DateOnly.FromDateTime(start).AddDays(i / 200)),
                Value.OfTicks(start.Ticks + (i * TimeSpan.TicksPerSecond * 3)),
                isNull ? Value.Null : Value.Of(i % 3 == 0),
                isNull ? Value.Null : Value.Of(new NetTopologySuite.Geometries.Point(121 + random.NextDouble(), 31 + random.NextDouble())),
            ]);
        }

        for (var i = 0; i < Count; i += 1_001)
        {
            table.Delete(i);
        }

        return table.Snapshot();
    }
}
