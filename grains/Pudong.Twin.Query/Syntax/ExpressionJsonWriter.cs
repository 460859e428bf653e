using System.Collections.Immutable;
using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Pudong.Twin.Query.Syntax;

/// <summary>Writes CQL2 JSON of a tree that <see cref="Writable"/> has checked.</summary>
/// <param name="json">What receives the JSON.</param>
internal sealed class ExpressionJsonWriter(Utf8JsonWriter json)
{
    /// <summary>Writes an expression as one value.</summary>
    /// <param name="expression">The tree.</param>
    public void Write(Expression expression)
    {
        switch (expression)
        {
            case PropertyReference property:
                WriteMember("property", property.Name);
                break;
            case TextLiteral text:
                json.WriteStringValue(text.Value);
                break;
            case IntegerLiteral integer:
                json.WriteNumberValue(integer.Value);
                break;
            case NumberLiteral number:
                json.WriteRawValue(Numbers.WriteNumber(number.Value), skipInputValidation: true);
                break;
            case BooleanLiteral boolean:
                json.WriteBooleanValue(boolean.Value);
                break;
            case DateLiteral date:
                WriteMember("date", Instants.Write(date.Value));
                break;
            case TimestampLiteral timestamp:
                WriteMember("timestamp", Instants.Write(timestamp.Ticks));
                break;
            case IntervalExpression interval:
                WriteInterval(interval);
                break;
            case BoxLiteral box:
                WriteBox(box);
                break;
            case GeometryLiteral geometry:
                WriteGeometry(geometry.Value);
                break;
            case ArrayExpression array:
                WriteList(array.Items);
                break;
            case Operation operation:
                WriteOperation(operation);
                break;
            default:
                throw Mistakes.Unwritable("An open end stands outside an interval; only an interval has ends.", expression);
        }
    }

    private void WriteOperation(Operation operation)
    {
        json.WriteStartObject();
        json.WriteString("op", Operators.TryGet(operation.Operator, out var info) ? info.Name : operation.Operator.ToLowerInvariant());
        json.WritePropertyName("args");
        WriteList(operation.Arguments);
        json.WriteEndObject();
    }

    private void WriteMember(string name, string value)
    {
        json.WriteStartObject();
        json.WriteString(name, value);
        json.WriteEndObject();
    }

    private void WriteList(ImmutableArray<Expression> items)
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            Write(item);
        }

        json.WriteEndArray();
    }

    private void WriteInterval(IntervalExpression interval)
    {
        json.WriteStartObject();
        json.WriteStartArray("interval");
        WriteIntervalEnd(interval.Start);
        WriteIntervalEnd(interval.End);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteIntervalEnd(Expression end)
    {
        if (IntervalEnds.Write(end) is { } instant)
        {
            json.WriteStringValue(instant);
        }
        else
        {
            Write(end);
        }
    }

    private void WriteBox(BoxLiteral box)
    {
        json.WriteStartObject();
        json.WriteStartArray("bbox");
        WriteCoordinate(box.West);
        WriteCoordinate(box.South);
        WriteCoordinate(box.East);
        WriteCoordinate(box.North);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteGeometry(Geometry geometry)
    {
        json.WriteStartObject();
        json.WriteString("type", geometry is LinearRing ? Geometry.TypeNameLineString : geometry.GeometryType);
        json.WritePropertyName(IsCollection(geometry) ? "geometries" : "coordinates");
        WriteCoordinates(geometry);
        json.WriteEndObject();
    }

    private void WriteCoordinates(Geometry geometry)
    {
        switch (geometry)
        {
            case Point point:
                WritePosition(point.Coordinate);
                break;
            case LineString line:
                WritePositions(line);
                break;
            case Polygon polygon:
                json.WriteStartArray();
                WritePositions(polygon.ExteriorRing);
                foreach (var hole in polygon.InteriorRings)
                {
                    WritePositions(hole);
                }

                json.WriteEndArray();
                break;
            default:
                WriteParts((GeometryCollection)geometry);
                break;
        }
    }

    private void WriteParts(GeometryCollection collection)
    {
        json.WriteStartArray();
        foreach (var part in collection.Geometries)
        {
            if (IsCollection(collection))
            {
                WriteGeometry(part);
            }
            else
            {
                WriteCoordinates(part);
            }
        }

        json.WriteEndArray();
    }

    private void WritePositions(LineString line)
    {
        json.WriteStartArray();
        foreach (var position in line.Coordinates)
        {
            WritePosition(position);
        }

        json.WriteEndArray();
    }

    private void WritePosition(Coordinate position)
    {
        json.WriteStartArray();
        WriteCoordinate(position.X);
        WriteCoordinate(position.Y);
        json.WriteEndArray();
    }

    private void WriteCoordinate(double degrees) => json.WriteRawValue(Numbers.WriteCoordinate(degrees), skipInputValidation: true);

    private static bool IsCollection(Geometry geometry) =>
        geometry is GeometryCollection and not (MultiPoint or MultiLineString or MultiPolygon);
}
