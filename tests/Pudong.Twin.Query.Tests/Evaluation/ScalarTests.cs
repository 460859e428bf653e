using System.Collections.Immutable;
using System.Globalization;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;
using Pudong.Twin.Query.Syntax;
using Pudong.Twin.Query.Tests.Scans;
using Xunit;

namespace Pudong.Twin.Query.Tests.Evaluation;

/// <summary>Three-valued logic, comparisons and arithmetic, on one record: t is TRUE, f FALSE, and n and every name that begins with "no" NULL.</summary>
public sealed class ScalarTests
{
    private static readonly Schema Schema = new(
        new Queryable("t", QueryableType.Boolean),
        new Queryable("f", QueryableType.Boolean),
        new Queryable("n", QueryableType.Boolean),
        new Queryable("one", QueryableType.Integer),
        new Queryable("half", QueryableType.Number),
        new Queryable("name", QueryableType.Text),
        new Queryable("noText", QueryableType.Text),
        new Queryable("noNumber", QueryableType.Number),
        new Queryable("day", QueryableType.Date),
        new Queryable("moment", QueryableType.Timestamp),
        new Queryable("tags", QueryableType.Array),
        new Queryable("noTags", QueryableType.Array));

    private static readonly ImmutableArray<Value> Record =
    [
        Value.Of(true), Value.Of(false), Value.Null, Value.Of(1L), Value.Of(0.5), Value.Of("Straße"), Value.Null, Value.Null,
        Value.Of(new DateOnly(2026, 4, 16)), Value.Of(new DateTimeOffset(2026, 4, 16, 12, 0, 0, TimeSpan.Zero)),
        Value.Of([Value.Of("a"), Value.Of("b")]), Value.Null,
    ];

    private static readonly long Now = new DateTime(2026, 4, 16, 12, 30, 0, DateTimeKind.Utc).Ticks;

    [Theory]
    [InlineData("t AND t", true)]
    [InlineData("t AND n", null)]
    [InlineData("n AND f", false)]
    [InlineData("f AND n", false)]
    [InlineData("n AND n", null)]
    [InlineData("t OR n", true)]
    [InlineData("n OR t", true)]
    [InlineData("n OR f", null)]
    [InlineData("f OR f", false)]
    [InlineData("NOT n", null)]
    [InlineData("NOT f", true)]
    [InlineData("n IS NULL", true)]
    [InlineData("(n AND t) IS NULL", true)]
    [InlineData("NOT (t IS NULL)", true)]
    [InlineData("n = n", null)]
    [InlineData("n <> TRUE", null)]
    [InlineData("t = TRUE AND f < t", true)]
    public void Evaluate_Logic_IsThreeValued(string text, bool? truth) => Holds(text, truth);

    [Theory]
    [InlineData("one = 1.0", true)]
    [InlineData("one <> 1", false)]
    [InlineData("9007199254740993 = 9007199254740992.0", false)]
    [InlineData("9223372036854775807 < 9223372036854775808.0", true)]
    [InlineData("-9223372036854775808 >= -1E300", true)]
    [InlineData("half >= 0.5 AND half < one", true)]
    [InlineData("noNumber < 1", null)]
    [InlineData("name = 'Straße'", true)]
    [InlineData("name < 'Strasse'", false)]
    [InlineData("'\uFFFD' < '\U0001F600'", true)]
    [InlineData("'Z' < 'a'", true)]
    [InlineData("one BETWEEN 1 AND 1", true)]
    [InlineData("one NOT BETWEEN 2 AND 3", true)]
    [InlineData("one BETWEEN noNumber AND 0", false)]
    [InlineData("one BETWEEN noNumber AND 2", null)]
    [InlineData("noNumber BETWEEN 1 AND 2", null)]
    [InlineData("name BETWEEN 'S' AND 'T'", true)]
    [InlineData("one IN (3, 2, 1.0)", true)]
    [InlineData("one IN (2, noNumber)", null)]
    [InlineData("one NOT IN (1, noNumber)", false)]
    [InlineData("noNumber IN (1)", null)]
    [InlineData("one IN ()", false)]
    [InlineData("noNumber NOT IN ()", null)]
    [InlineData("one IN (11,12,13,14,15,16,17,18,19,1.0)", true)]
    [InlineData("one NOT IN (11,12,13,14,15,16,17,18,19,2)", true)]
    [InlineData("one IN (11,12,13,14,15,16,17,18,19,1/0)", null)]
    [InlineData("day = '2026-04-16' AND day < DATE('2026-04-17')", true)]
    [InlineData("moment = TIMESTAMP('2026-04-16T20:00:00+08:00')", true)]
    [InlineData("name LIKE 'Str%' AND name NOT LIKE 'str%' AND name LIKE 'Stra_e'", true)]
    [InlineData("noText LIKE '%'", null)]
    [InlineData("CASEI(name) = CASEI('STRASSE')", true)]
    [InlineData("CASEI(noText) = 'a'", null)]
    [InlineData("A_CONTAINS(tags, ('a'))", true)]
    [InlineData("A_CONTAINS(tags, ('a', 'c'))", false)]
    [InlineData("A_CONTAINEDBY(tags, ('c', 'b', 'a'))", true)]
    [InlineData("A_EQUALS(tags, ('b', 'a', 'a'))", true)]
    [InlineData("A_OVERLAPS(tags, ('c', 'b'))", true)]
    [InlineData("A_OVERLAPS(tags, ())", false)]
    [InlineData("A_CONTAINS(tags, (noText))", null)]
    [InlineData("A_OVERLAPS(tags, ('a', noText))", true)]
    [InlineData("A_EQUALS(noTags, ('a'))", null)]
    [InlineData("A_EQUALS((1, 2.0), (2, 1.0))", true)]
    [InlineData("A_CONTAINS((1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18), (17.0, 18))", true)]
    public void Evaluate_Comparison_FollowsTheValues(string text, bool? truth) => Holds(text, truth);

    [Theory]
    [InlineData("7 / 2", "3.5")]
    [InlineData("7 div 2", "3")]
    [InlineData("-7 div 2", "-3")]
    [InlineData("7.5 div 2", "3")]
    [InlineData("-7 % 3", "-1")]
    [InlineData("7.5 % 2", "1.5")]
    [InlineData("2 ^ 10", "1024")]
    [InlineData("-2 ^ 2", "4")]
    [InlineData("2 + 3 * 4 - 1", "13")]
    [InlineData("one / 0", null)]
    [InlineData("one % 0", null)]
    [InlineData("one div 0", null)]
    [InlineData("one / 0.0", null)]
    [InlineData("1E300 * 1E300", null)]
    [InlineData("(0 - 8) ^ 0.5", null)]
    [InlineData("9223372036854775807 + 1", "9.223372036854776E+18")]
    [InlineData("-9223372036854775808 div -1", "9.223372036854776E+18")]
    [InlineData("-9223372036854775808 % -1", "0")]
    [InlineData("one + noNumber", null)]
    [InlineData("-half", "-0.5")]
    public void Evaluate_Arithmetic_IsThatOfTheStandard(string text, string? value)
    {
        var found = Formula.Bind(Cql2Text.Parse(text), Schema).Evaluate(new RowRecord(Record), Now);

        Assert.Equal(value, found.IsNull ? null : found.Kind == ValueKind.Integer
            ? found.Integer.ToString(CultureInfo.InvariantCulture) : found.Number.ToString("R", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("now() - moment = duration('PT30M')", true)]
    [InlineData("moment + duration('PT1H') > now()", true)]
    [InlineData("duration('PT1H') + moment = moment + duration('PT60M')", true)]
    [InlineData("moment > now() - (duration('PT15M') + duration('PT15M'))", false)]
    [InlineData("moment - duration('P1000000D') IS NULL", true)]
    public void Evaluate_ArithmeticOfTimes_KnowsInstantsAndDurations(string text, bool? truth) => Holds(text, truth);

    private static void Holds(string text, bool? truth) => Assert.Equal(truth, Filter.Parse(text, Schema).Evaluate(new RowRecord(Record), Now));
}
