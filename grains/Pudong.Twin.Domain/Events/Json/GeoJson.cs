using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Pudong.Twin.Domain.Events.Json;

/// <summary>Writes geometries as GeoJSON (RFC 7946).</summary>
internal static class GeoJson
{
    public static void Write(Utf8JsonWriter json, Geometry geometry)
    {
        json.WriteStartObject();
        json.WriteString("type", geometry.GeometryType);
        json.WritePropertyName(geometry is GeometryCollection and not (MultiPoint or MultiLineString or MultiPolygon) ? "geometries" : "coordinates");
        WriteContent(json, geometry);
        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, Geometry geometry)
    {
        switch (geometry)
        {
            case Point { IsEmpty: false } point:
                WritePosition(json, point.Coordinate);
                break;
            case Polygon polygon:
                json.WriteStartArray();
                WriteRings(json, polygon);
                json.WriteEndArray();
                break;
            case MultiPoint or MultiLineString or MultiPolygon:
                json.WriteStartArray();
                foreach (var member in ((GeometryCollection)geometry).Geometries)
                {
                    WriteContent(json, member);
                }

                json.WriteEndArray();
                break;
            case GeometryCollection collection:
                json.WriteStartArray();
                foreach (var member in collection.Geometries)
                {
                    Write(json, member);
                }

                json.WriteEndArray();
                break;
            default:
                WritePositions(json, geometry.Coordinates);
                break;
        }
    }

    private static void WriteRings(Utf8JsonWriter json, Polygon polygon)
    {
        if (polygon.IsEmpty)
        {
            return;
        }

        WritePositions(json, polygon.Shell.Coordinates);
        foreach (var hole in polygon.Holes)
        {
            WritePositions(json, hole.Coordinates);
        }
    }

    private static void WritePositions(Utf8JsonWriter json, Coordinate[] positions)
    {
        json.WriteStartArray();
        foreach (var position in positions)
        {
            WritePosition(json, position);
        }

        json.WriteEndArray();
    }

    private static void WritePosition(Utf8JsonWriter json, Coordinate position)
    {
        json.WriteStartArray();
        json.WriteNumberValue(position.X);
        json.WriteNumberValue(position.Y);
        json.WriteEndArray();
    }
}
