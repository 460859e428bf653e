using CsCheck;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Scans;
using Pudong.Twin.Query.Scans.Selection;
using Pudong.Twin.Query.Syntax;
using Xunit;

namespace Pudong.Twin.Query.Tests.Scans;

/// <summary>The columnar scan and the row evaluator are two ways to one answer.</summary>
public sealed class FilterAgreementTests
{
    private static readonly long Now = new DateTime(2021, 11, 10, 0, 0, 0, DateTimeKind.Utc).Ticks;

    [Fact]
    public void Select_TenThousandFilters_FindsTheRowsOfTheRowEvaluator() =>
        Gen.Select(AnyFilter.Condition.Array[20], AnyCity.Rows(60), Gen.Int[1, 3]).Sample(
            (conditions, rows, tables) =>
            {
                var versions = AnyCity.Tables(rows, tables).Select(table => table.Snapshot()).ToList();
                foreach (var condition in conditions)
                {
                    var filter = Filter.Bind(condition, AnyCity.Schema);

                    var page = TableScan.Select(versions, new SelectQuery<long> { Filter = filter, Limit = 1_000, Order = RowOrder.Key, NowTicks = Now });

                    var expected = Enumerable.Range(0, rows.Length).Where(row => filter.Matches(new RowRecord(rows[row]), Now)).Select(row => (long)row);
                    Check(page.Hits.Select(hit => hit.Key).SequenceEqual(expected), condition);
                    Check(page.Matched == page.Hits.Length && TableScan.Count(versions, filter, Now) == page.Hits.Length, condition);
                }
            },
            iter: 500);

    [Fact]
    public void Select_NegatedFilter_FindsTheRowsWhereTheFilterIsFalse() =>
        Gen.Select(AnyFilter.Condition.Array[20], AnyCity.Rows(40)).Sample(
            (conditions, rows) =>
            {
                var versions = AnyCity.Tables(rows, 1).Select(table => table.Snapshot()).ToList();
                foreach (var condition in conditions)
                {
                    var filter = Filter.Bind(condition, AnyCity.Schema);
                    var negated = Filter.Bind(new Operation(Operators.Not, [condition]), AnyCity.Schema);

                    Check(TableScan.Count(versions, negated, Now) == rows.Count(row => filter.Evaluate(new RowRecord(row), Now) == false), condition);
                }
            },
            iter: 200);

    private static void Check(bool holds, Expression condition) => Assert.True(holds, Cql2Text.Write(condition));
}
