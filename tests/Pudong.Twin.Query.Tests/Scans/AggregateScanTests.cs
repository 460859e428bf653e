using System.Collections.Immutable;
using CsCheck;
using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Scans;
using Pudong.Twin.Query.Scans.Aggregates;
using Pudong.Twin.Query.Schemas;
using Xunit;

namespace Pudong.Twin.Query.Tests.Scans;

public sealed class AggregateScanTests
{
    private static readonly Gen<ImmutableArray<GroupKey>> Keys = Gen.OneOf(
        new GroupKey("kind"), new GroupKey("name"), new GroupKey("floors"), new GroupKey("open"), new GroupKey("since"), new GroupKey("risk"),
        new GroupKey("changed"), new GroupKey("changed", GroupUnit.Day)).Array[0, 2].Select(keys => keys.ToImmutableArray());

    private static readonly ImmutableArray<Aggregate> Exact =
    [
        Aggregate.Count(),
        Aggregate.Count("risk"),
        Aggregate.Minimum("risk"),
        Aggregate.Maximum("floors"),
        Aggregate.Minimum("changed"),
        Aggregate.Quantile("limit", 0.5),
        Aggregate.Quantile("since", 0.95),
        Aggregate.Histogram("risk", -10, 50, 6),
        Aggregate.Distinct("kind"),
        Aggregate.Distinct("name"),
        Aggregate.Distinct("place"),
    ];

    [Fact]
    public void Aggregate_AnyRowsAndGroups_EqualsTheFiguresOfEachGroupsRows() =>
        Gen.Select(AnyCity.Rows(80), Keys, Gen.Int[1, 3]).Sample(
            (rows, keys, tables) =>
            {
                var versions = Versions(rows, tables);

                var result = TableScan.Aggregate(versions, new AggregateQuery { Aggregates = Exact, GroupBy = keys }).Finish();

                var expected = rows.GroupBy(row => new GroupOf(keys.Select(key => KeyOf(row, key)).ToImmutableArray())).ToList();
                Assert.True(result.Exact);
                Assert.Equal(keys.IsEmpty ? 1 : expected.Count, result.Groups.Length);
                foreach (var group in result.Groups)
                {
                    var members = expected.SingleOrDefault(one => one.Key.Equals(new GroupOf(group.Keys)))?.ToList() ?? [];
                    Assert.Equal(Exact.Select(aggregate => Figure(aggregate, members)), group.Figures);
                }
            },
            iter: 1_500);

    [Fact]
    public void Merge_AnySplitOfTheRows_GivesTheSameDoubles() =>
        Gen.Select(Gen.Double[-1e6, 1e6].Array[0, 300], Gen.Int[2, 5]).Sample(
            (values, parts) =>
            {
                var schema = new Schema(new Queryable("x", QueryableType.Number));
                var query = new AggregateQuery { Aggregates = [Aggregate.Sum("x"), Aggregate.Average("x"), Aggregate.Quantile("x", 0.95)] };
                var whole = TableScan.Aggregate([Table(schema, values)], query).Finish();

                var merged = TableScan.Aggregate([Table(schema, values.Where((_, i) => i % parts == 0))], query);
                for (var part = parts - 1; part > 0; part--)
                {
                    merged.Merge(TableScan.Aggregate([Table(schema, values.Where((_, i) => i % parts == part))], query));
                }

                return merged.Finish().Groups.Single().Figures.SequenceEqual(whole.Groups.Single().Figures);
            },
            iter: 500);

    [Fact]
    public void Sum_OfLargeIntegers_IsRoundedOnlyAtTheEnd()
    {
        var schema = new Schema(new Queryable("x", QueryableType.Integer));
        var table = new ColumnTable<long>(schema);
        table.TryInsert(1, [Value.Of((1L << 60) + 1)]);
        table.TryInsert(2, [Value.Of(-(1L << 60))]);

        var result = TableScan.Aggregate([table.Snapshot()], new AggregateQuery { Aggregates = [Aggregate.Sum("x")] }).Finish();

        Assert.Equal(1.0, result.Groups.Single().Figures.Single().Number);
    }

    [Fact]
    public void Quantile_Approximate_StaysWithinHalfAPercentOfRank()
    {
        const int Count = 300_000;
        var schema = new Schema(new Queryable("x", QueryableType.Number));
        // A permutation of 0 … Count − 1, so that the value is the rank.
        var versions = new[] { 0, 1, 2 }.Select(part => Table(
            schema, Enumerable.Range(0, Count).Where(i => i % 3 == part).Select(i => (double)(i * 7_919L % Count)))).ToList();
        double[] shares = [0, 0.01, 0.5, 0.95, 1];
        var query = new AggregateQuery { Aggregates = [.. shares.Select(share => Aggregate.Quantile("x", share) with { Approximate = true })] };

        var result = TableScan.Aggregate(versions, query).Finish();

        Assert.False(result.Exact);
        foreach (var (share, figure) in shares.Zip(result.Groups.Single().Figures))
        {
            Assert.InRange(figure.Number, (share * Count) - (0.005 * Count) - 1, (share * Count) + (0.005 * Count));
        }
    }

    [Fact]
    public void Quantile_OfMoreValuesThanAreKept_ComesFromASketchAndSaysSo()
    {
        var schema = new Schema(new Queryable("x", QueryableType.Number));
        var options = new ScanOptions { ExactQuantileValues = 1_024 };
        var query = new AggregateQuery { Aggregates = [Aggregate.Quantile("x", 0.5)] };

        var few = TableScan.Aggregate([Table(schema, Enumerable.Range(0, 1_024).Select(i => (double)i))], query, options).Finish();
        var many = TableScan.Aggregate([Table(schema, Enumerable.Range(0, 1_025).Select(i => (double)i))], query, options).Finish();

        Assert.True(few.Exact);
        Assert.False(many.Exact);
    }

    [Theory]
    [InlineData(AggregateFunction.Sum, "kind", "The aggregate Sum cannot be computed from 'kind', which is of type Text; it needs a number or an integer.")]
    [InlineData(AggregateFunction.Maximum, "rsk", "Unknown property 'rsk'; did you mean 'risk'?")]
    [InlineData(AggregateFunction.Distinct, "shape", "The aggregate Distinct cannot be computed from 'shape', which is of type Geometry; it needs anything but a geometry or an array.")]
    [InlineData(AggregateFunction.Histogram, "risk", "The histogram of 'risk' needs a low end below its high end, both finite.")]
    [InlineData(AggregateFunction.Sum, null, "The aggregate Sum needs a property.")]
    public void Aggregate_OfWhatCannotBe_SaysWhatIsNeeded(AggregateFunction function, string? property, string message)
    {
        var query = new AggregateQuery { Aggregates = [new Aggregate(function, property)] };

        Assert.Equal(message, Assert.Throws<QueryException>(() => TableScan.Aggregate(Versions([], 1), query)).Message);
    }

    [Fact]
    public void Aggregate_OfMoreGroupsThanAllowed_IsRefused()
    {
        var table = new ColumnTable<long>(AnyCity.Schema);
        var row = AnyCity.Schema.Queryables.Select(_ => Value.Null).ToArray();
        for (var i = 0; i < 11; i++)
        {
            row[4] = Value.Of((long)i);
            table.TryInsert(i, row);
        }

        var query = new AggregateQuery { Aggregates = [Aggregate.Count()], GroupBy = [new GroupKey("floors")] };
        var refusal = Assert.Throws<QueryException>(() => TableScan.Aggregate([table.Snapshot()], query, new ScanOptions { Groups = 10 }));

        Assert.Equal(nameof(ScanOptions.Groups), refusal.Bound);
    }

    private static List<TableVersion<long>> Versions(ImmutableArray<ImmutableArray<Value>> rows, int tables) =>
        [.. AnyCity.Tables(rows, tables).Select(table => table.Snapshot())];

    private static TableVersion<long> Table(Schema schema, IEnumerable<double> values)
    {
        var table = new ColumnTable<long>(schema);
        foreach (var value in values)
        {
            table.TryInsert(table.Count, [Value.Of(value)]);
        }

        return table.Snapshot();
    }

    private static Value KeyOf(ImmutableArray<Value> row, GroupKey key)
    {
        var value = row[AnyCity.Schema.OrdinalOf(key.Property)];
        return key.Unit == GroupUnit.Value || value.IsNull ? value : Value.OfTicks(new DateTime(value.Integer).Date.Ticks);
    }

    private static Value Figure(Aggregate aggregate, List<ImmutableArray<Value>> rows)
    {
        var values = aggregate.Property is { } property
            ? rows.Select(row => row[AnyCity.Schema.OrdinalOf(property)]).Where(value => !value.IsNull).ToList()
            : rows.Select(_ => Value.Of(true)).ToList();
        var sorted = values.Order(Comparer<Value>.Create((a, b) => ValueOrder.Compare(a, b))).ToList();
        return aggregate.Function switch
        {
            AggregateFunction.Count => Value.Of((long)values.Count),
            AggregateFunction.Distinct => Value.Of((long)values.Distinct().Count()),
            AggregateFunction.Histogram => Value.Of([.. Enumerable.Range(0, aggregate.Bins).Select(bin => Value.Of((long)values.Count(value => BinOf(value.Number) == bin)))]),
            _ when sorted.Count == 0 => Value.Null,
            AggregateFunction.Minimum => sorted[0],
            AggregateFunction.Maximum => sorted[^1],
            _ => sorted[Math.Max(0, (int)Math.Ceiling(aggregate.Share * sorted.Count) - 1)],
        };
    }

    private static int BinOf(double value) => value == 50 ? 5 : value is >= -10 and < 50 ? (int)((value + 10) * 0.1) : -1;

    private readonly struct GroupOf(ImmutableArray<Value> keys) : IEquatable<GroupOf>
    {
        private readonly ImmutableArray<Value> _keys = keys;

        public bool Equals(GroupOf other) => _keys.AsSpan().SequenceEqual(other._keys.AsSpan());

        public override bool Equals(object? obj) => obj is GroupOf other && Equals(other);

        public override int GetHashCode() => _keys.Aggregate(0, HashCode.Combine);
    }
}
