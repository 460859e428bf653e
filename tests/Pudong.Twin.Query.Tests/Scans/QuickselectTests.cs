using CsCheck;
using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Scans;
using Pudong.Twin.Query.Scans.Aggregates;
using Pudong.Twin.Query.Schemas;
using Xunit;

namespace Pudong.Twin.Query.Tests.Scans;

public sealed class QuickselectTests
{
    private static readonly Gen<double[]> Values = Gen.OneOf(
        Gen.Double[-1, 1].Array[1, 6_000],
        Gen.Int[0, 3].Select(value => (double)value).Array[1, 6_000],
        Gen.Int[1, 6_000].Select(count => Enumerable.Range(0, count).Select(value => (double)value).ToArray()),
        Gen.Int[1, 6_000].Select(count => Enumerable.Range(0, count).Select(value => (double)(value % 97 == 0 ? value : -1)).ToArray()));

    [Fact]
    public void AtRank_OfAnyValues_IsWhatSortingGives() =>
        Gen.Select(Values, Gen.Double[0, 1]).Sample(
            (values, share) =>
            {
                var rank = Math.Min((int)(share * values.Length), values.Length - 1);
                var sorted = values.Order().ToArray();
                var moved = values.ToArray();

                var found = Quickselect.AtRank(moved.AsSpan(), rank);

                return found == sorted[rank] && moved.Order().SequenceEqual(sorted);
            },
            iter: 2_000);

    [Fact]
    public void Quantile_OfWholeBlocksInTwoColumnsOfGroups_IsWhatSortingGives()
    {
        const int Rows = 3 * 4_096 + 100;
        var schema = new Schema(
            new Queryable("town", QueryableType.Text), new Queryable("kind", QueryableType.Text), new Queryable("risk", QueryableType.Number));
        var rows = Enumerable.Range(0, Rows)
            .Select(row => (Town: $"town-{row * 7 % 36}", Kind: row % 4_096 == 4_000 ? "rare" : $"kind-{row % 3}", Risk: (double)(row * 7919 % 10_007))).ToArray();
        var table = new ColumnTable<long>(schema);
        for (var row = 0; row < Rows; row++)
        {
            Assert.True(table.TryInsert(row, [Value.Of(rows[row].Town), Value.Of(rows[row].Kind), Value.Of(rows[row].Risk)]));
        }

        var query = new AggregateQuery
        {
            Aggregates = [Aggregate.Count(), Aggregate.Quantile("risk", 0.95), Aggregate.Average("risk")],
            GroupBy = [new GroupKey("town"), new GroupKey("kind")],
        };
        var groups = TableScan.Aggregate([table.Snapshot()], query).Finish().Groups;

        var expected = rows.GroupBy(row => (row.Town, row.Kind)).ToDictionary(group => group.Key, group => group.Select(row => row.Risk).Order().ToArray());
        Assert.Equal(expected.Count, groups.Length);
        Assert.All(groups, group =>
        {
            var values = expected[(group.Keys[0].Text!, group.Keys[1].Text!)];
            Assert.Equal(values.Length, group.Figures[0].Integer);
            Assert.Equal(values[(int)Math.Ceiling(0.95 * values.Length) - 1], group.Figures[1].Number);
            Assert.Equal(values.Average(), group.Figures[2].Number, 1e-9);
        });
    }

    [Fact]
    public void Finish_Twice_GivesTheSameAnswer_AndMergesNoMore()
    {
        var table = new ColumnTable<long>(new Schema(new Queryable("risk", QueryableType.Number)));
        Assert.True(table.TryInsert(1, [Value.Of(45.0)]));
        var partial = TableScan.Aggregate([table.Snapshot()], new AggregateQuery { Aggregates = [Aggregate.Quantile("risk", 0.5)] });

        Assert.Same(partial.Finish(), partial.Finish());
        Assert.Throws<InvalidOperationException>(() => partial.Merge(partial));
    }
}
