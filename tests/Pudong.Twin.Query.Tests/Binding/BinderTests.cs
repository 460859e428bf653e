using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;
using Pudong.Twin.Query.Syntax;
using Xunit;

namespace Pudong.Twin.Query.Tests.Binding;

/// <summary>What is wrong with an expression is found before any record is looked at, and says where, what and what would be right.</summary>
public sealed class BinderTests
{
    private static readonly Schema Schema = new(
        new Queryable("risk", QueryableType.Number),
        new Queryable("kind", QueryableType.Text),
        new Queryable("band", QueryableType.Text) { Codes = ["A", "B", "C", "D"] },
        new Queryable("open", QueryableType.Boolean),
        new Queryable("since", QueryableType.Date),
        new Queryable("changed", QueryableType.Timestamp),
        new Queryable("place", QueryableType.Point),
        new Queryable("tags", QueryableType.Array),
        new Queryable("建筑.层数", QueryableType.Integer));

    [Theory]
    [InlineData("NOT risc > 1", "Unknown property 'risc' at 1:5; did you mean 'risk'?")]
    [InlineData("RISK > 1", "Unknown property 'RISK' at 1:1; did you mean 'risk'?")]
    [InlineData("建筑.层 > 1", "Unknown property '建筑.层' at 1:1; did you mean '建筑.层数'?")]
    [InlineData("weather = 1", "Unknown property 'weather' at 1:1.")]
    [InlineData("open AND\n  risk > 'high'", "Expected a number at 2:10, found the text 'high'.")]
    [InlineData("kind = 5", "Expected a text at 1:8, found the number 5.")]
    [InlineData("risk", "Expected a condition at 1:1, found property 'risk', a number.")]
    [InlineData("'sensor'", "Expected a condition at 1:1, found the text 'sensor'.")]
    [InlineData("risk = 1 AND kind", "Expected a condition at 1:14, found property 'kind', a text.")]
    [InlineData("NOT risk", "Expected a condition at 1:5, found property 'risk', a number.")]
    [InlineData("risk + kind > 1", "Expected a number at 1:8, found property 'kind', a text.")]
    [InlineData("kind + 1 > 1", "Expected a number at 1:1, found property 'kind', a text.")]
    [InlineData("changed + 1 > now()", "Expected a duration at 1:11, found the number 1.")]
    [InlineData("risk LIKE 'a%'", "Expected a text at 1:1, found property 'risk', a number.")]
    [InlineData("kind LIKE band", "Expected a pattern that is the same for all records at 1:11, found property 'band', a text.")]
    [InlineData("casei(risk) = 'a'", "Expected a text at 1:7, found property 'risk', a number.")]
    [InlineData("risk IN (1, 'two')", "Expected a number at 1:13, found the text 'two'.")]
    [InlineData("risk BETWEEN 1 AND open", "Expected a number at 1:20, found property 'open', a condition.")]
    [InlineData("place = POINT(1 2)", "Expected a value that can be compared at 1:1, found property 'place', a geometry.")]
    [InlineData("tags = ('a','b')", "Expected a value that can be compared at 1:1, found property 'tags', a list.")]
    [InlineData("S_INTERSECTS(place, kind)", "Expected a geometry at 1:21, found property 'kind', a text.")]
    [InlineData("A_CONTAINS(tags, (1, 2))", "Expected a list whose items are each a text at 1:18, found items that are each a number.")]
    [InlineData("A_CONTAINS(kind, ('a'))", "Expected a list at 1:12, found property 'kind', a text.")]
    [InlineData("changed > 'yesterday'", "Expected a timestamp such as '2026-04-16T10:13:19Z' at 1:11, found 'yesterday'.")]
    [InlineData("since = '2026-02-30'", "Expected a date such as '2026-04-16' at 1:9, found '2026-02-30'.")]
    [InlineData("since = changed", "Expected a date at 1:9, found property 'changed', a timestamp.")]
    [InlineData("T_DURING(changed, INTERVAL('2026-01-01','2026-02-01'))", "Expected an interval at 1:10, found property 'changed', a timestamp.")]
    [InlineData("T_AFTER(risk, since)", "Expected a date, a timestamp or an interval at 1:9, found property 'risk', a number.")]
    [InlineData("T_AFTER(INTERVAL(risk, '..'), since)", "Expected a date or a timestamp at 1:18, found property 'risk', a number.")]
    [InlineData("T_AFTER(since, INTERVAL('2026-02-01','2026-01-01'))", "Expected an interval that ends when it starts or later at 1:38, found an earlier end.")]
    [InlineData("INTERVAL(since, '..') IS NULL", "Expected a value at 1:1, found an interval.")]
    [InlineData("uper(kind) = 'A'", "Unknown function 'uper' at 1:1; did you mean 'upper'?")]
    [InlineData("s_intersect(place, place)", "Unknown function 's_intersect' at 1:1; did you mean 's_intersects'?")]
    [InlineData("risk_at(now()) > 1", "Unknown function 'risk_at' at 1:1.")]
    [InlineData("upper(kind, kind) = 'A'", "Expected 1 argument of 'upper' at 1:1, found 2.")]
    [InlineData("coalesce() = 'A'", "Expected 1 or more arguments of 'coalesce' at 1:1, found 0.")]
    [InlineData("coalesce(kind, risk) = 'A'", "Expected a text at 1:16, found property 'risk', a number.")]
    [InlineData("changed > now() - duration('1 hour')", "Expected a duration such as 'PT15M', 'P1DT12H' or 'P2W' at 1:28, found the text '1 hour'.")]
    [InlineData("distance(place, kind) < 5", "Expected a geometry at 1:17, found property 'kind', a text.")]
    [InlineData("band = 'E'", "Expected a code of 'band' such as 'A' at 1:8, found 'E'.")]
    [InlineData("band IN ('A', 'a')", "Expected a code of 'band' such as 'A' at 1:15, found 'a'.")]
    [InlineData("S_INTERSECTS(place, POLYGON((0 0, 1 1, 1 0, 0 1, 0 0)))", "Expected a valid geometry at 1:21, found a boundary that crosses itself at 0.5 0.5.")]
    [InlineData("S_INTERSECTS(place, POINT(90 180))", "Expected a latitude from -90 to 90 at 1:30, found '180'.")]
    public void Bind_WrongText_SaysWhereWhatAndWhatWouldBeRight(string text, string message)
    {
        var refusal = Assert.Throws<Cql2Exception>(() => Filter.Parse(text, Schema));

        Assert.Equal(message, refusal.Error.Message);
        Assert.NotNull(refusal.Error.Found);
        Assert.NotEqual(0, refusal.Error.Span.Line);
    }

    [Fact]
    public void Bind_UnknownProperty_IsOfThatKindAndNamesTheNearest()
    {
        var error = Assert.Throws<Cql2Exception>(() => Filter.Parse("risc > 1", Schema)).Error;

        Assert.Equal((Cql2ErrorKind.UnknownProperty, "risc", "risk"), (error.Kind, error.Found, error.Nearest));
        Assert.Equal((0, 4, 1, 1), (error.Span.Start, error.Span.Length, error.Span.Line, error.Span.Column));
    }

    [Fact]
    public void Bind_WrongJson_SaysWhere() => Assert.Equal(
        "Expected a number at 1:39, found the text 'high'.",
        Assert.Throws<Cql2Exception>(() => Filter.Bind(Cql2Json.Parse("""{"op":">","args":[{"property":"risk"},"high"]}"""), Schema)).Message);

    [Fact]
    public void Bind_ATreeBuiltByHand_NeedsNoPlace()
    {
        var expression = new Operation(">", [new PropertyReference("risc"), new IntegerLiteral(1)]);

        Assert.Equal("Unknown property 'risc'; did you mean 'risk'?", Assert.Throws<Cql2Exception>(() => Filter.Bind(expression, Schema)).Message);
    }

    [Theory]
    [InlineData("changed IN ('2026-04-14T14:52:56Z')")]
    [InlineData("'2026-04-14T14:52:56Z' < changed")]
    [InlineData("changed BETWEEN '2026-04-14T14:52:56Z' AND now()")]
    [InlineData("T_AFTER(changed, '2026-04-14')")]
    [InlineData("since = '2026-04-14'")]
    [InlineData("coalesce(changed, '2026-04-14T14:52:56Z') > now() - duration('PT1H')")]
    [InlineData("changed - now() < duration('P1D')")]
    [InlineData("open")]
    [InlineData("open = TRUE AND (risk > 1) = open")]
    [InlineData("band LIKE 'x%' OR band > 'E'")]
    [InlineData("A_EQUALS(tags, ()) AND A_OVERLAPS(('a', 1), tags)")]
    [InlineData("T_DISJOINT(INTERVAL(since, '..'), INTERVAL('..', changed))")]
    [InlineData("(risk > 1 AND open) IS NULL")]
    public void Bind_RightText_IsAccepted(string text) => Assert.Equal(Schema, Filter.Parse(text, Schema).Schema);

    [Fact]
    public void Bind_CallsWithinCalls_TakesTimeInProportion()
    {
        Expression nested = new PropertyReference("kind");
        for (var level = 0; level < 200; level++)
        {
            nested = new Operation("coalesce", [nested]);
        }

        Assert.NotNull(Filter.Bind(new Operation("isNull", [nested]), Schema));
    }

    [Fact]
    public void Ordinals_OfACondition_AreThoseItReads() =>
        Assert.Equal([0, 5], Filter.Parse("risk > 5 AND 1 = 1 AND changed < now()", Schema).Ordinals());

    [Fact]
    public void Kind_OfAFormula_IsThatOfItsValues()
    {
        Assert.Equal(ValueKind.Number, Formula.Bind(Cql2Text.Parse("risk * 2"), Schema).Kind);
        Assert.Equal(ValueKind.Duration, Formula.Bind(Cql2Text.Parse("now() - changed"), Schema).Kind);
        Assert.Equal(ValueKind.Text, Formula.Bind(Cql2Text.Parse("coalesce(kind, 'none')"), Schema).Kind);
    }
}
