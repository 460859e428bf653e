using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;
using Pudong.Twin.Query.Tests.Scans;
using Xunit;

namespace Pudong.Twin.Query.Tests.Evaluation;

public sealed class AllocationTests
{
    private static readonly Schema Schema = new(
        new Queryable("kind", QueryableType.Text),
        new Queryable("risk", QueryableType.Number),
        new Queryable("floors", QueryableType.Integer),
        new Queryable("changed", QueryableType.Timestamp),
        new Queryable("since", QueryableType.Date),
        new Queryable("open", QueryableType.Boolean));

    [Theory]
    [InlineData("kind = 'sensor' AND risk > 45")]
    [InlineData("NOT (risk * 2 + floors - 1 > 45 OR open)")]
    [InlineData("kind IN ('a','b','sensor') AND floors IN (1,2,3,4,5,6,7,8,9,10,11)")]
    [InlineData("kind LIKE 's_n%r' AND risk BETWEEN 1 AND floors / 2")]
    [InlineData("changed > now() - duration('PT1H') AND since < '2030-01-01'")]
    [InlineData("T_AFTER(changed, DATE('2020-01-01')) AND T_DURING(INTERVAL(since, changed), INTERVAL('..', now()))")]
    [InlineData("coalesce(kind, 'none') = 'sensor' OR kind IS NULL")]
    [InlineData("CASEI(kind) = CASEI('SENSOR')")]
    public void Matches_AScalarCondition_AllocatesNothing(string text)
    {
        var filter = Filter.Parse(text, Schema);
        var now = new DateTime(2026, 4, 16, 12, 30, 0, DateTimeKind.Utc).Ticks;
        var record = new RowRecord(
            [Value.Of("sensor"), Value.Of(40.0), Value.Of(12L), Value.OfTicks(now - 5), Value.Of(new DateOnly(2025, 1, 1)), Value.Of(false)]);
        for (var warm = 0; warm < 100; warm++)
        {
            filter.Matches(record, now);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1_000; round++)
        {
            filter.Matches(record, now);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
