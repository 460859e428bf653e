using NetTopologySuite.Geometries;

namespace Pudong.Twin.Domain.Events.Coding;

/// <summary>Writes and reads geometries: one byte for the type, then positions as pairs of doubles; heights are not kept.</summary>
/// <remarks>Not well-known binary, because its readers reserve memory for as many positions as wrong bytes announce.</remarks>
internal static class GeometryCodec
{
    private const int PositionSize = 16;

    public static void Write(ref ByteSink sink, Geometry geometry)
    {
        switch (geometry)
        {
            case Point point:
                sink.Byte(1);
                WritePositions(ref sink, point.Coordinates);
                break;
            case Polygon polygon:
                sink.Byte(3);
                WritePolygon(ref sink, polygon);
                break;
            case LineString line:
                sink.Byte(2);
                WritePositions(ref sink, line.Coordinates);
                break;
            default:
                WriteCollection(ref sink, (GeometryCollection)geometry);
                break;
        }
    }

    public static Geometry Read(ref ByteSource source, int depth)
    {
        try
        {
            return ReadOne(ref source, depth);
        }
        catch (ArgumentException mistake)
        {
            // Rings that are not closed, lines of one position: the geometry library refuses them.
            throw new EventFormatException($"The bytes are no event: a geometry is not valid ({mistake.Message.TrimEnd('.')}).", mistake);
        }
    }

    private static Geometry ReadOne(ref ByteSource source, int depth) => source.Byte() switch
    {
        1 => ReadPoint(ref source),
        2 => GeometryFactory.Default.CreateLineString(ReadPositions(ref source)),
        3 => ReadPolygon(ref source),
        4 when depth > 0 => GeometryFactory.Default.CreateMultiPoint(ReadMembers<Point>(ref source, depth - 1)),
        5 when depth > 0 => GeometryFactory.Default.CreateMultiLineString(ReadMembers<LineString>(ref source, depth - 1)),
        6 when depth > 0 => GeometryFactory.Default.CreateMultiPolygon(ReadMembers<Polygon>(ref source, depth - 1)),
        7 when depth > 0 => GeometryFactory.Default.CreateGeometryCollection(ReadMembers<Geometry>(ref source, depth - 1)),
        var type => throw source.Wrong($"a geometry is of type {type} at this depth; expected 1 to 7"),
    };

    private static void WriteCollection(ref ByteSink sink, GeometryCollection collection)
    {
        sink.Byte(collection switch
        {
            MultiPoint => 4,
            MultiLineString => 5,
            MultiPolygon => 6,
            _ => 7,
        });
        sink.Count((ulong)collection.NumGeometries);
        foreach (var member in collection.Geometries)
        {
            Write(ref sink, member);
        }
    }

    private static void WritePolygon(ref ByteSink sink, Polygon polygon)
    {
        sink.Count((ulong)(polygon.IsEmpty ? 0 : polygon.NumInteriorRings + 1));
        if (!polygon.IsEmpty)
        {
            WritePositions(ref sink, polygon.Shell.Coordinates);
            foreach (var hole in polygon.Holes)
            {
                WritePositions(ref sink, hole.Coordinates);
            }
        }
    }

    private static void WritePositions(ref ByteSink sink, Coordinate[] positions)
    {
        sink.Count((ulong)positions.Length);
        foreach (var position in positions)
        {
            sink.Double(position.X);
            sink.Double(position.Y);
        }
    }

    private static Point ReadPoint(ref ByteSource source) => ReadPositions(ref source) switch
    {
        [] => GeometryFactory.Default.CreatePoint(),
        [var position] => GeometryFactory.Default.CreatePoint(position),
        _ => throw source.Wrong("a point has several positions"),
    };

    private static Polygon ReadPolygon(ref ByteSource source)
    {
        var rings = new LinearRing[source.Items(1)];
        for (var index = 0; index < rings.Length; index++)
        {
            rings[index] = GeometryFactory.Default.CreateLinearRing(ReadPositions(ref source));
        }

        return rings.Length == 0 ? GeometryFactory.Default.CreatePolygon() : GeometryFactory.Default.CreatePolygon(rings[0], rings[1..]);
    }

    private static Coordinate[] ReadPositions(ref ByteSource source)
    {
        var positions = new Coordinate[source.Items(PositionSize)];
        for (var index = 0; index < positions.Length; index++)
        {
            positions[index] = new Coordinate(source.Finite(), source.Finite());
        }

        return positions;
    }

    private static T[] ReadMembers<T>(ref ByteSource source, int depth)
        where T : Geometry
    {
        var members = new T[source.Items(2)];
        for (var index = 0; index < members.Length; index++)
        {
            members[index] = ReadOne(ref source, depth) as T ?? throw source.Wrong("a collection of geometries holds one of another type");
        }

        return members;
    }
}
