using CsCheck;
using NetTopologySuite.Geometries;
using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Functions;
using Pudong.Twin.Query.Scans;
using Pudong.Twin.Query.Schemas;
using Pudong.Twin.Query.Syntax;
using Pudong.Twin.Query.Tests.Scans;
using Xunit;

namespace Pudong.Twin.Query.Tests.Functions;

public sealed class FunctionTests
{
    private static readonly Schema Schema = new(
        new Queryable("name", QueryableType.Text), new Queryable("risk", QueryableType.Number), new Queryable("place", QueryableType.Point));

    private static readonly RowRecord Record = new([Value.Null, Value.Of(40.0), Value.Of(new Point(121.5, 31.25))]);

    [Theory]
    [InlineData("upper('straße') = 'STRAßE'", true)]
    [InlineData("LOWER('ABC') = 'abc'", true)]
    [InlineData("upper(name) = 'A'", null)]
    [InlineData("coalesce(name, 'none') = 'none'", true)]
    [InlineData("coalesce(name, name) IS NULL", true)]
    [InlineData("coalesce(name, name, name, name, 'fifth') = 'fifth'", true)]
    [InlineData("now() = TIMESTAMP('0001-01-01T00:00:01Z')", true)]
    [InlineData("duration('P1DT12H') = duration('PT36H')", true)]
    [InlineData("duration('P2W') > duration('P13D')", true)]
    [InlineData("duration('-PT0.5S') < duration('PT0S')", true)]
    [InlineData("duration(coalesce(name, 'PT1M')) = duration('PT60S')", true)]
    [InlineData("duration(coalesce(name, 'nonsense')) IS NULL", true)]
    [InlineData("distance(place, POINT(121.5 31.25)) = 0", true)]
    [InlineData("distance(place, BBOX(121, 31, 122, 32)) = 0", true)]
    public void Evaluate_AStandardFunction_GivesItsValue(string text, bool? truth) =>
        Assert.Equal(truth, Filter.Parse(text, Schema).Evaluate(Record, TimeSpan.TicksPerSecond));

    [Theory]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("P1Y")]
    [InlineData("P1M")]
    [InlineData("PT1S1H")]
    [InlineData("PT.5S")]
    [InlineData("P99999999999D")]
    [InlineData("")]
    [InlineData("1H")]
    public void Bind_ADurationThatIsNone_IsRefused(string text) =>
        Assert.Throws<Cql2Exception>(() => Filter.Parse($"now() - duration('{text}') < now()", Schema));

    // Vincenty's own example is Flinders Peak to Buninyong on another ellipsoid; these are on WGS 84 (Geoscience Australia: 54,972.271 m).
    [Theory]
    [InlineData(144.42486788888888, -37.95103341666667, 143.92649552777777, -37.65282113888889, 54_972.271, 0.001)]
    [InlineData(0, 0, 0, 1, 110_574.389, 0.001)]
    [InlineData(0, 0, 1, 0, 111_319.491, 0.001)]
    [InlineData(0, 90, 0, -90, 20_003_931.459, 0.001)]
    [InlineData(179.5, 0, -179.5, 0, 111_319.491, 0.001)]
    [InlineData(0, 0, 180, 0, 20_003_931, 130_000)]
    public void Distance_OfTwoPlaces_IsThatOfTheEllipsoid(double x1, double y1, double x2, double y2, double metres, double within) =>
        Assert.InRange(Geodesic.Distance(x1, y1, x2, y2), metres - within, metres + within);

    [Fact]
    public void Distance_OfAnyPlaces_IsTheSameBothWaysAndInsideTheBox() => Gen.Select(Gen.Double[-180, 180], Gen.Double[-90, 90], Gen.Double[-180, 180], Gen.Double[-90, 90]).Sample(
        (x1, y1, x2, y2) =>
        {
            var there = Geodesic.Distance(x1, y1, x2, y2);
            return there >= 0 && Math.Abs(there - Geodesic.Distance(x2, y2, x1, y1)) < 0.01 && Geodesic.BoxAround(x1, y1, there).Contains(x2, y2);
        }, iter: 20_000);

    [Fact]
    public void Distance_FromALine_IsThatToItsNearestPlace()
    {
        var formula = Formula.Bind(Cql2Text.Parse("distance(place, LINESTRING(121.6 31, 121.6 32))"), Schema);

        Assert.Equal(Geodesic.Distance(121.5, 31.25, 121.6, 31.25), formula.Evaluate(Record, 0).Number, 0.01);
    }

    [Fact]
    public void With_AFunctionThatReadsTheRecord_IsCalledForEveryRowOfAScan()
    {
        var table = new ColumnTable<long>(Schema);
        for (var key = 0; key < 10; key++)
        {
            table.TryInsert(key, [Value.Of("same"), Value.Of(1.0), Value.Null]);
        }

        var functions = FunctionRegistry.Standard.With(new Function("key_of", [ValueKind.Text], ValueKind.Number, static (_, in scope) =>
            scope.Record is ITableRow { Version: TableVersion<long> version, Row: var row } ? Value.Of(version.KeyOf(row)) : Value.Null)
        { ReadsRecord = true });

        Assert.Equal(3, TableScan.Count([table.Snapshot()], Filter.Parse("key_of(name) > 6", Schema, functions)));
        Assert.Equal(10, TableScan.Count([table.Snapshot()], Filter.Parse("key_of('constant') IS NOT NULL", Schema, functions)));
    }

    [Theory]
    [InlineData("Now", "A function cannot be named 'Now'; a name is in lower case and no operator of CQL2.")]
    [InlineData("s_within", "A function cannot be named 's_within'; a name is in lower case and no operator of CQL2.")]
    [InlineData("now", "There is a function 'now' already; give this one another name.")]
    public void With_AFunctionThatCannotBe_IsRefused(string name, string message)
    {
        var function = new Function(name, [], ValueKind.Number, static (_, in _) => Value.Null);

        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => FunctionRegistry.Standard.With(function)).Message, StringComparison.Ordinal);
    }
}
