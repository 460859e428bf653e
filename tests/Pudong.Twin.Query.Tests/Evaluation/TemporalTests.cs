using CsCheck;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;
using Pudong.Twin.Query.Tests.Scans;
using Xunit;

namespace Pudong.Twin.Query.Tests.Evaluation;

public sealed class TemporalTests
{
    private static readonly Schema Schema = new(
        new Queryable("start", QueryableType.Timestamp),
        new Queryable("end", QueryableType.Timestamp),
        new Queryable("day", QueryableType.Date),
        new Queryable("missing", QueryableType.Timestamp));

    // 8:00 to 12:00 on 2026-04-16, and that day.
    private static readonly RowRecord Record = new([Moment(8), Moment(12), Value.Of(new DateOnly(2026, 4, 16)), Value.Null]);

    [Theory]
    [InlineData("T_AFTER", "06", "07", true)]
    [InlineData("T_AFTER", "06", "08", false)]
    [InlineData("T_BEFORE", "13", "14", true)]
    [InlineData("T_BEFORE", "12", "14", false)]
    [InlineData("T_CONTAINS", "09", "11", true)]
    [InlineData("T_CONTAINS", "08", "11", false)]
    [InlineData("T_DISJOINT", "13", "14", true)]
    [InlineData("T_DISJOINT", "12", "14", false)]
    [InlineData("T_DURING", "07", "13", true)]
    [InlineData("T_DURING", "07", "12", false)]
    [InlineData("T_EQUALS", "08", "12", true)]
    [InlineData("T_EQUALS", "08", "11", false)]
    [InlineData("T_FINISHEDBY", "09", "12", true)]
    [InlineData("T_FINISHEDBY", "08", "12", false)]
    [InlineData("T_FINISHES", "07", "12", true)]
    [InlineData("T_FINISHES", "09", "12", false)]
    [InlineData("T_INTERSECTS", "12", "14", true)]
    [InlineData("T_INTERSECTS", "13", "14", false)]
    [InlineData("T_MEETS", "12", "14", true)]
    [InlineData("T_MEETS", "11", "14", false)]
    [InlineData("T_METBY", "06", "08", true)]
    [InlineData("T_METBY", "06", "09", false)]
    [InlineData("T_OVERLAPPEDBY", "07", "09", true)]
    [InlineData("T_OVERLAPPEDBY", "08", "09", false)]
    [InlineData("T_OVERLAPS", "09", "13", true)]
    [InlineData("T_OVERLAPS", "12", "13", false)]
    [InlineData("T_STARTEDBY", "08", "11", true)]
    [InlineData("T_STARTEDBY", "08", "12", false)]
    [InlineData("T_STARTS", "08", "13", true)]
    [InlineData("T_STARTS", "08", "11", false)]
    public void Evaluate_EightToTwelve_RelatesToAnotherInterval(string relation, string start, string end, bool truth) =>
        Holds($"{relation}(INTERVAL(start, end), INTERVAL('2026-04-16T{start}:00:00Z', '2026-04-16T{end}:00:00Z'))", truth);

    [Theory]
    [InlineData("T_INTERSECTS(day, TIMESTAMP('2026-04-16T23:59:59.9999999Z'))", true)]
    [InlineData("T_BEFORE(day, TIMESTAMP('2026-04-17T00:00:00Z'))", true)]
    [InlineData("T_AFTER(TIMESTAMP('2026-04-16T12:00:00Z'), day)", false)]
    [InlineData("T_EQUALS(day, INTERVAL('2026-04-16T00:00:00Z', '2026-04-16T23:59:59.9999999Z'))", true)]
    [InlineData("T_EQUALS(day, TIMESTAMP('2026-04-16T00:00:00Z'))", false)]
    [InlineData("T_INTERSECTS(INTERVAL('..', '2026-04-16'), end)", true)]
    [InlineData("T_DURING(INTERVAL(start, end), INTERVAL('2026-04-16', '2026-04-16'))", true)]
    [InlineData("T_DURING(INTERVAL(start, end), INTERVAL('..', '..'))", true)]
    [InlineData("T_STARTS(INTERVAL('..', start), INTERVAL('..', end))", true)]
    [InlineData("T_INTERSECTS(INTERVAL(start, '..'), INTERVAL(now(), '..'))", true)]
    [InlineData("T_AFTER(missing, day)", null)]
    [InlineData("T_INTERSECTS(INTERVAL(start, missing), day)", null)]
    [InlineData("T_INTERSECTS(INTERVAL(end, start), day)", null)]
    [InlineData("NOT T_INTERSECTS(INTERVAL(missing, '..'), day)", null)]
    public void Evaluate_DatesOpenEndsAndNulls_FollowTheRules(string text, bool? truth) => Holds(text, truth);

    [Fact]
    public void Evaluate_TwoIntervals_StandInExactlyOneRelationOfAllen() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[1, 6], Gen.Int[0, 6], Gen.Int[1, 6]).Sample((a, aLength, b, bLength) =>
        {
            string[] relations =
            [
                "after", "before", "contains", "during", "equals", "finishedby", "finishes", "meets", "metby", "overlappedby", "overlaps", "startedby", "starts",
            ];
            var record = new RowRecord([Moment(a), Moment(a + aLength), Value.Null, Value.Null]);
            var holding = relations.Count(relation => Filter.Parse(
                $"t_{relation}(INTERVAL(start, end), INTERVAL('2026-04-16T{b:00}:00:00Z', '2026-04-16T{b + bLength:00}:00:00Z'))", Schema).Matches(record, 0));
            return holding == 1;
        }, iter: 200);

    private static Value Moment(int hour) => Value.Of(new DateTimeOffset(2026, 4, 16, hour, 0, 0, TimeSpan.Zero));

    private static void Holds(string text, bool? truth) => Assert.Equal(truth, Filter.Parse(text, Schema).Evaluate(Record, Moment(10).Integer));
}
