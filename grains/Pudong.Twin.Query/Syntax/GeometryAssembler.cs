using System.Globalization;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;

namespace Pudong.Twin.Query.Syntax;

/// <summary>Builds the geometries of both readers from positions and refuses what Simple Features would not take.</summary>
/// <remarks>Coordinates stay the doubles that were read: no precision model rounds them.</remarks>
internal static class GeometryAssembler
{
    /// <summary>What a longitude has to be, for error messages.</summary>
    public const string Longitude = "a longitude from -180 to 180";

    /// <summary>What a latitude has to be, for error messages.</summary>
    public const string Latitude = "a latitude from -90 to 90";

    private const int Crs84 = 4326;

    private const int RingPositions = 4;

    /// <summary>The factory of all geometries in filters.</summary>
    public static GeometryFactory Factory { get; } = new(new PrecisionModel(), Crs84);

    /// <summary>Whether a number is a longitude.</summary>
    /// <param name="degrees">The number.</param>
    public static bool IsLongitude(double degrees) => Math.Abs(degrees) <= 180;

    /// <summary>Whether a number is a latitude.</summary>
    /// <param name="degrees">The number.</param>
    public static bool IsLatitude(double degrees) => Math.Abs(degrees) <= 90;

    /// <summary>Builds a line.</summary>
    /// <param name="positions">Its positions.</param>
    /// <param name="span">Where they stand.</param>
    /// <exception cref="Cql2Exception">There are fewer than two.</exception>
    public static LineString Line(List<Coordinate> positions, SourceSpan span) =>
        positions.Count >= 2
            ? Factory.CreateLineString([.. positions])
            : throw Mistakes.ExpectedOther("a line of 2 or more positions", Count(positions), span);

    /// <summary>Builds a ring.</summary>
    /// <param name="positions">Its positions, the last equal to the first.</param>
    /// <param name="span">Where they stand.</param>
    /// <exception cref="Cql2Exception">There are fewer than four, or the ring is open.</exception>
    public static LinearRing Ring(List<Coordinate> positions, SourceSpan span)
    {
        if (positions.Count < RingPositions)
        {
            throw Mistakes.ExpectedOther("a ring of 4 or more positions", Count(positions), span);
        }

        if (!positions[0].Equals2D(positions[^1]))
        {
            throw Mistakes.ExpectedOther("a ring that ends where it starts", $"its end at {Show(positions[^1])}", span);
        }

        return Factory.CreateLinearRing([.. positions]);
    }

    /// <summary>Builds a polygon from its outer ring and its holes.</summary>
    /// <param name="rings">One ring or more.</param>
    public static Polygon Polygon(List<LinearRing> rings) => Factory.CreatePolygon(rings[0], [.. rings.Skip(1)]);

    /// <summary>Makes a literal of a geometry that is complete.</summary>
    /// <param name="geometry">The geometry.</param>
    /// <param name="span">Where it stands.</param>
    /// <param name="limits">How much it may cost to check it.</param>
    /// <exception cref="Cql2Exception">The geometry is not valid, for instance a ring crosses itself, or exceeds a limit.</exception>
    public static GeometryLiteral Literal(Geometry geometry, SourceSpan span, Cql2Limits limits)
    {
        if (EdgePairs.Exceed(geometry, limits.EdgePairs))
        {
            throw Mistakes.TooManyEdgePairs(limits.EdgePairs, span);
        }

        var error = new IsValidOp(geometry).ValidationError;
        return error is null
            ? new GeometryLiteral(geometry) { Span = span }
            : throw Mistakes.ExpectedOther("a valid geometry", $"{Describe(error)} at {Show(error.Coordinate)}", span);
    }

    /// <summary>Makes a box of the four or six numbers of a <c>bbox</c>; heights are dropped.</summary>
    /// <param name="numbers">West, south, east and north, with a height before east and behind north when there are six.</param>
    /// <param name="spans">Where the numbers stand.</param>
    /// <param name="span">Where the box stands.</param>
    /// <exception cref="Cql2Exception">A number is out of range, or south lies north of north.</exception>
    public static BoxLiteral Box(List<double> numbers, List<SourceSpan> spans, SourceSpan span)
    {
        if (numbers.Count is not (4 or 6))
        {
            throw Mistakes.ExpectedOther("a box of 4 or 6 numbers", numbers.Count.ToString(CultureInfo.InvariantCulture), span);
        }

        var east = numbers.Count / 2;
        CheckCorner(numbers, spans, 0);
        CheckCorner(numbers, spans, east);
        var (south, north) = (numbers[1], numbers[east + 1]);
        return south <= north
            ? new BoxLiteral(numbers[0], south, numbers[east], north) { Span = span }
            : throw Mistakes.Expected($"a north of at least {Numbers.WriteCoordinate(south)}", Numbers.WriteCoordinate(north), spans[east + 1]);
    }

    private static void CheckCorner(List<double> numbers, List<SourceSpan> spans, int index)
    {
        if (!IsLongitude(numbers[index]))
        {
            throw Mistakes.Expected(Longitude, Numbers.WriteCoordinate(numbers[index]), spans[index]);
        }

        if (!IsLatitude(numbers[index + 1]))
        {
            throw Mistakes.Expected(Latitude, Numbers.WriteCoordinate(numbers[index + 1]), spans[index + 1]);
        }
    }

    private static string Count(List<Coordinate> positions) => positions.Count.ToString(CultureInfo.InvariantCulture);

    private static string Show(Coordinate? position) =>
        position is null ? "an unknown position" : $"{Numbers.WriteCoordinate(position.X)} {Numbers.WriteCoordinate(position.Y)}";

    private static string Describe(TopologyValidationError error) => error.ErrorType switch
    {
        TopologyValidationErrors.SelfIntersection => "a boundary that crosses itself",
        TopologyValidationErrors.RingSelfIntersection => "a ring that touches itself",
        TopologyValidationErrors.HoleOutsideShell => "a hole outside its polygon",
        TopologyValidationErrors.NestedHoles => "a hole inside a hole",
        TopologyValidationErrors.DisconnectedInteriors => "an interior in several pieces",
        TopologyValidationErrors.NestedShells => "a polygon inside another",
        TopologyValidationErrors.DuplicateRings => "a ring given twice",
        TopologyValidationErrors.TooFewPoints => "too few different positions",
        _ => "a mistake",
    };
}
