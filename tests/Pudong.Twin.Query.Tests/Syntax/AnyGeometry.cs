using CsCheck;
using NetTopologySuite.Geometries;
using Pudong.Twin.Query.Syntax;

namespace Pudong.Twin.Query.Tests.Syntax;

/// <summary>Generates valid geometries of all types, and boxes, within the world.</summary>
internal static class AnyGeometry
{
    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    private static readonly Gen<double> Longitude = Gen.OneOf(Gen.Double[-180, 180], Gen.Int[-180, 180].Select(degrees => (double)degrees), Gen.OneOf(-0.0, 1e-300, 121.4737));

    private static readonly Gen<double> Latitude = Gen.OneOf(Gen.Double[-90, 90], Gen.Int[-90, 90].Select(degrees => (double)degrees), Gen.OneOf(-0.0, 90.0, 31.2304));

    private static readonly Gen<Point> Points = Gen.Select(Longitude, Latitude, (x, y) => Factory.CreatePoint(new Coordinate(x, y)));

    private static readonly Gen<LineString> Lines =
        Points.Array[2, 5]
            .Where(points => points.Any(point => !point.EqualsExact(points[0])))
            .Select(points => Factory.CreateLineString([.. points.Select(point => point.Coordinate)]));

    /// <summary>A frame with or without a hole; a part of a multi-polygon gets a strip of its own.</summary>
    private static readonly Gen<Func<int, Polygon>> Frames = Gen.Select(
        Gen.Double[0.001, 4],
        Gen.Double[-89, 80],
        Gen.Bool,
        (size, south, hole) => new Func<int, Polygon>(strip => Frame(-170 + (strip * 10), south, size, hole)));

    private static readonly Gen<Geometry> Simple = Gen.OneOf(
        Points.Cast<Point, Geometry>(),
        Lines.Cast<LineString, Geometry>(),
        Frames.Select(Geometry (frame) => frame(7)),
        Points.Array[1, 4].Select(Geometry (points) => Factory.CreateMultiPoint(points)),
        Lines.Array[1, 3].Select(Geometry (lines) => Factory.CreateMultiLineString(lines)),
        Frames.Array[1, 3].Select(Geometry (frames) => Factory.CreateMultiPolygon([.. frames.Select((frame, strip) => frame(strip))])));

    /// <summary>A geometry of any type.</summary>
    public static Gen<GeometryLiteral> Literal { get; } =
        Gen.Frequency((5, Simple), (1, Simple.Array[1, 3].Select(Geometry (parts) => Factory.CreateGeometryCollection(parts))))
            .Select(geometry => new GeometryLiteral(geometry));

    /// <summary>A box, also one across the antimeridian.</summary>
    public static Gen<BoxLiteral> Box { get; } = Gen.Select(
        Longitude, Latitude, Longitude, Latitude, (west, first, east, second) => new BoxLiteral(west, Math.Min(first, second), east, Math.Max(first, second)));

    private static Polygon Frame(double west, double south, double size, bool hole) =>
        Factory.CreatePolygon(Ring(west, south, size), hole ? [Ring(west + (size / 4), south + (size / 4), size / 2)] : []);

    private static LinearRing Ring(double west, double south, double size) => Factory.CreateLinearRing(
        [new(west, south), new(west + size, south), new(west + size, south + size), new(west, south + size), new(west, south)]);

    private static Gen<TBase> Cast<T, TBase>(this Gen<T> gen)
        where T : TBase => gen.Select(TBase (value) => value);
}
