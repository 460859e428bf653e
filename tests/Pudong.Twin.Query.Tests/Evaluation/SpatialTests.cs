using CsCheck;
using NetTopologySuite.Geometries;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;
using Pudong.Twin.Query.Syntax;
using Pudong.Twin.Query.Tests.Scans;
using Xunit;

namespace Pudong.Twin.Query.Tests.Evaluation;

public sealed class SpatialTests
{
    private static readonly string[] Relations =
        ["s_contains", "s_crosses", "s_disjoint", "s_equals", "s_intersects", "s_overlaps", "s_touches", "s_within"];

    private static readonly Schema Schema = new(
        new Queryable("a", QueryableType.Geometry), new Queryable("b", QueryableType.Geometry), new Queryable("missing", QueryableType.Geometry));

    [Theory]
    [InlineData(179, 0, true)]
    [InlineData(-179, 0, true)]
    [InlineData(180, 10, true)]
    [InlineData(0, 0, false)]
    [InlineData(179, 11, false)]
    public void Evaluate_BoxAcrossTheAntimeridian_IsTwoBoxes(double longitude, double latitude, bool inside) =>
        Assert.Equal(inside, Evaluate("S_INTERSECTS(a, BBOX(170, -10, -170, 10))", new Point(longitude, latitude)));

    [Theory]
    [InlineData("S_INTERSECTS(a, BBOX(1, 1, 1, 1))", true)]
    [InlineData("S_INTERSECTS(a, BBOX(1, 0, 1, 2))", true)]
    [InlineData("S_WITHIN(a, BBOX(1, 0, 2, 2))", false)]
    [InlineData("S_TOUCHES(a, BBOX(1, 0, 2, 2))", true)]
    [InlineData("S_INTERSECTS(a, BBOX(180, 1, -180, 1))", false)]
    [InlineData("S_WITHIN(a, GEOMETRYCOLLECTION(POINT(0 0), POLYGON((0 0, 2 0, 2 2, 0 2, 0 0))))", true)]
    [InlineData("S_EQUALS(a, MULTIPOINT((1 1)))", true)]
    [InlineData("S_DISJOINT(a, LINESTRING(0 0, 2 2))", false)]
    [InlineData("S_INTERSECTS(a, missing)", null)]
    [InlineData("NOT S_DISJOINT(missing, POINT(1 1))", null)]
    [InlineData("S_CONTAINS(POLYGON((0 0, 2 0, 2 2, 0 2, 0 0)), a)", true)]
    public void Evaluate_ThePointOneOne_HasTheMeaningOfSimpleFeatures(string text, bool? truth) => Assert.Equal(truth, Evaluate(text, new Point(1, 1)));

    [Fact]
    public void Evaluate_AStoredGeometryThatIsNotValid_IsTakenAsItIs()
    {
        var bow = new Polygon(new LinearRing([new(0, 0), new(2, 2), new(2, 0), new(0, 2), new(0, 0)]));

        Assert.True(Evaluate("S_INTERSECTS(a, BBOX(0.1, 0.2, 0.3, 0.4)) AND S_DISJOINT(a, POINT(5 5))", bow));
    }

    [Fact]
    public void Evaluate_AnIndexedConstant_AgreesWithTwoQueryables() =>
        Gen.Select(AnyCity.Shape, AnyCity.Shape, Gen.OneOf(Relations)).Sample((left, right, relation) =>
        {
            var record = new RowRecord([Value.Of(left), Value.Of(right), Value.Null]);
            PropertyReference a = new("a"), b = new("b");

            var plain = Bind(relation, a, b).Evaluate(record, 0);

            return plain == Bind(relation, a, new GeometryLiteral(right)).Evaluate(record, 0)
                && plain == Bind(relation, new GeometryLiteral(left), b).Evaluate(record, 0)
                && plain == Bind(relation, new GeometryLiteral(left), new GeometryLiteral(right)).Evaluate(record, 0);
        }, iter: 2_000);

    [Fact]
    public void Evaluate_FromManyThreads_GivesTheSameAnswers()
    {
        var filter = Filter.Parse("S_WITHIN(a, POLYGON((0 0, 50 0, 50 40, 25 10, 0 40, 0 0)))", Schema);
        var records = Enumerable.Range(0, 2_000).Select(i => new RowRecord([Value.Of(new Point(i % 50, i / 50)), Value.Null, Value.Null])).ToList();
        var expected = records.ConvertAll(record => Filter.Bind(filter.Expression, Schema).Matches(record, 0));

        var found = records.AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(record => filter.Matches(record, 0)).ToList();

        Assert.Equal(expected, found);
    }

    private static Filter Bind(string relation, Expression left, Expression right) => Filter.Bind(new Operation(relation, [left, right]), Schema);

    private static bool? Evaluate(string text, Geometry geometry) =>
        Filter.Parse(text, Schema).Evaluate(new RowRecord([Value.Of(geometry), Value.Null, Value.Null]), 0);
}
