using System.Text;
using NetTopologySuite.Geometries;

namespace Pudong.Twin.Query.Syntax;

/// <summary>Writes geometries as WKT with the shortest digits that read back as the same doubles.</summary>
internal static class GeometryTextWriter
{
    /// <summary>Writes a geometry.</summary>
    /// <param name="text">What receives the text.</param>
    /// <param name="geometry">A geometry with at least one position in each of its parts.</param>
    public static void Write(StringBuilder text, Geometry geometry)
    {
        var type = geometry is LinearRing ? Geometry.TypeNameLineString : geometry.GeometryType;
        text.Append(type.ToUpperInvariant());
        WriteBody(text, geometry);
    }

    private static void WriteBody(StringBuilder text, Geometry geometry)
    {
        switch (geometry)
        {
            case Point or LineString:
                WritePositions(text, geometry.Coordinates);
                break;
            case Polygon polygon:
                WriteRings(text, polygon);
                break;
            default:
                WriteParts(text, (GeometryCollection)geometry);
                break;
        }
    }

    private static void WriteRings(StringBuilder text, Polygon polygon)
    {
        text.Append('(');
        WritePositions(text, polygon.ExteriorRing.Coordinates);
        foreach (var hole in polygon.InteriorRings)
        {
            text.Append(", ");
            WritePositions(text, hole.Coordinates);
        }

        text.Append(')');
    }

    private static void WriteParts(StringBuilder text, GeometryCollection collection)
    {
        var named = collection is not (MultiPoint or MultiLineString or MultiPolygon);
        text.Append('(');
        for (var index = 0; index < collection.NumGeometries; index++)
        {
            text.Append(index == 0 ? "" : ", ");
            if (named)
            {
                Write(text, collection.GetGeometryN(index));
            }
            else
            {
                WriteBody(text, collection.GetGeometryN(index));
            }
        }

        text.Append(')');
    }

    private static void WritePositions(StringBuilder text, Coordinate[] positions)
    {
        text.Append('(');
        for (var index = 0; index < positions.Length; index++)
        {
            text.Append(index == 0 ? "" : ", ")
                .Append(Numbers.WriteCoordinate(positions[index].X))
                .Append(' ')
                .Append(Numbers.WriteCoordinate(positions[index].Y));
        }

        text.Append(')');
    }
}
