using System.Collections.Immutable;
using CsCheck;
using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Functions;
using Pudong.Twin.Query.Scans;
using Pudong.Twin.Query.Scans.Selection;
using Xunit;

namespace Pudong.Twin.Query.Tests.Scans;

public sealed class SelectScanTests
{
    private static readonly Gen<ImmutableArray<SortKey>> Sort = Gen.Select(
        Gen.OneOf("kind", "name", "risk", "floors", "since", "changed", "open"), Gen.Bool, (property, descending) => new SortKey(property, descending))
        .Array[0, 2].Select(keys => keys.ToImmutableArray());

    [Fact]
    public void Select_PageAfterPage_GivesEveryRowOnceInOrder() =>
        Gen.Select(AnyCity.Rows(70), Sort, Gen.Int[1, 3], Gen.Int[1, 25], Gen.Bool).Sample(
            (rows, sort, tables, limit, byKey) =>
            {
                List<TableVersion<long>> versions = [.. AnyCity.Tables(rows, tables).Select(table => table.Snapshot())];
                var query = new SelectQuery<long> { Sort = sort, Limit = limit, Order = byKey ? RowOrder.Key : RowOrder.Stored };

                var found = new List<long>();
                for (Page<long>? page = null; page is null || query.After is not null;)
                {
                    page = TableScan.Select(versions, query);
                    Assert.Equal(rows.Length, page.Matched);
                    found.AddRange(page.Hits.Select(hit => hit.Key));
                    query = query with { After = page.Next };
                }

                var tie = byKey ? (Func<int, long>)(row => row) : row => ((long)(row % tables) << 32) + row;
                var expected = Enumerable.Range(0, rows.Length).Order(Comparer<int>.Create((a, b) => Compare(sort, rows[a], rows[b]) is var order and not 0
                    ? order : tie(a).CompareTo(tie(b))));
                Assert.Equal(expected.Select(row => (long)row), found);
            },
            iter: 1_500);

    [Fact]
    public void Select_TopOfManyBlocks_EqualsSortingEverything()
    {
        var table = Numbers(50_000, i => i * 7_919L % 50_021);

        var page = TableScan.Select(
            [table], new SelectQuery<long> { Sort = [new SortKey("risk", Descending: true)], Limit = 100 }, new ScanOptions { Threads = 2 });

        Assert.Equal(
            Enumerable.Range(0, 50_000).OrderByDescending(i => i * 7_919L % 50_021).Take(100).Select(i => (long)i), page.Hits.Select(hit => hit.Key));
        Assert.Equal(50_000, page.Matched);
    }

    [Fact]
    public void Select_AfterARowThatIsGone_GoesOnBehindItsPlace()
    {
        var table = new ColumnTable<long>(AnyCity.Schema);
        var row = AnyCity.Schema.Queryables.Select(_ => Value.Null).ToArray();
        foreach (var text in new[] { "a", "b", "c", "d" })
        {
            row[0] = Value.Of(text);
            table.TryInsert(text[0], row);
        }

        var query = new SelectQuery<long> { Sort = [new SortKey("kind")], Limit = 2 };
        var first = TableScan.Select([table.Snapshot()], query);
        table.Delete('b');
        var second = TableScan.Select([table.Snapshot()], query with { After = first.Next });

        Assert.Equal([(long)'c', 'd'], second.Hits.Select(hit => hit.Key));
    }

    [Fact]
    public void Select_MoreRowsThanAllowed_IsRefused() => Assert.Equal(
        "The query asks for 10001 rows; it must be from 0 to 10000.",
        Assert.Throws<QueryException>(() => TableScan.Select([Numbers(1, i => i)], new SelectQuery<long> { Limit = 10_001 })).Message);

    [Fact]
    public void Select_Cancelled_Stops() => Assert.Throws<OperationCanceledException>(() => TableScan.Select(
        [Numbers(10, i => i)], new SelectQuery<long> { Limit = 1 }, cancellationToken: new CancellationToken(canceled: true)));

    [Fact]
    public void Nearest_AnyPlaces_AreTheNearestOfAll() =>
        Gen.Select(AnyCity.Rows(80), AnyCity.Place, Gen.Int[1, 12], Gen.OneOf(double.PositiveInfinity, 5_000.0, 30_000.0)).Sample(
            (rows, place, limit, most) =>
            {
                List<TableVersion<long>> versions = [.. AnyCity.Tables(rows, 2).Select(table => table.Snapshot())];

                var found = TableScan.Nearest(versions, new NearestQuery("place", place.X, place.Y, limit) { MaxDistance = most });

                var distances = rows.Select(row => row[AnyCity.Schema.OrdinalOf("place")].Geometry).OfType<NetTopologySuite.Geometries.Point>()
                    .Select(point => Geodesic.Distance(place.X, place.Y, point.X, point.Y)).Where(distance => distance <= most).Order().Take(limit);
                return found.Select(neighbour => neighbour.Distance).SequenceEqual(distances);
            },
            iter: 1_500);

    [Theory]
    [InlineData("kind", 121, 31, "Distances cannot be measured to 'kind', which is of type Text; name a point.")]
    [InlineData("place", 121, 91, "The place 121 91 is outside the world; longitude is from -180 to 180 and latitude from -90 to 90.")]
    [InlineData("place", double.NaN, 0, "The place NaN 0 is outside the world; longitude is from -180 to 180 and latitude from -90 to 90.")]
    public void Nearest_OfWhatCannotBe_SaysWhatIsNeeded(string property, double longitude, double latitude, string message) => Assert.Equal(
        message,
        Assert.Throws<QueryException>(() => TableScan.Nearest([Numbers(1, i => i)], new NearestQuery(property, longitude, latitude, 1))).Message);

    private static int Compare(ImmutableArray<SortKey> sort, ImmutableArray<Value> left, ImmutableArray<Value> right)
    {
        foreach (var key in sort)
        {
            var a = left[AnyCity.Schema.OrdinalOf(key.Property)];
            var b = right[AnyCity.Schema.OrdinalOf(key.Property)];
            var order = a.IsNull || b.IsNull ? a.IsNull.CompareTo(b.IsNull) : ValueOrder.Compare(a, b) * (key.Descending ? -1 : 1);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static TableVersion<long> Numbers(int count, Func<int, double> risk)
    {
        var table = new ColumnTable<long>(AnyCity.Schema);
        var row = AnyCity.Schema.Queryables.Select(_ => Value.Null).ToArray();
        for (var i = 0; i < count; i++)
        {
            row[2] = Value.Of(risk(i));
            table.TryInsert(i, row);
        }

        return table.Snapshot();
    }
}
