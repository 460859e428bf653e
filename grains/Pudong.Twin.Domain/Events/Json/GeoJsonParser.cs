using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Pudong.Twin.Domain.Events.Json;

/// <summary>Reads GeoJSON geometries (RFC 7946) in longitude and latitude; heights are dropped.</summary>
internal sealed class GeoJsonParser(Refusals refusals, CloudEventOptions options)
{
    private const string Expected = "expected a GeoJSON Point, LineString, Polygon, MultiPoint, MultiLineString or MultiPolygon";

    private int _positions;

    /// <summary>The geometry at which the reader stands; null when it is refused.</summary>
    public Geometry? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            refusals.Refuse(RefusalReason.InvalidGeometry, $"The geometry is {Refusals.Shown(ref reader)}; {Expected}.");
            return null;
        }

        _positions = 0;
        string? type = null;
        Utf8JsonReader coordinates = default;
        var found = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isCoordinates = reader.ValueTextEquals("coordinates"u8);
            reader.Read();
            if ((isType && type is not null) || (isCoordinates && found) || (isType && reader.TokenType != JsonTokenType.String))
            {
                refusals.Refuse(RefusalReason.InvalidGeometry, $"The geometry has no single 'type' with single 'coordinates'; {Expected}.");
                return null;
            }

            type = isType ? reader.GetString() : type;
            if (isCoordinates)
            {
                coordinates = reader;
                found = true;
            }

            reader.Skip();
        }

        return type is null || !found ? Missing() : Build(type, ref coordinates);
    }

    private Geometry? Missing()
    {
        refusals.Refuse(RefusalReason.InvalidGeometry, $"The geometry lacks 'type' or 'coordinates'; {Expected}.");
        return null;
    }

    private Geometry? Build(string type, ref Utf8JsonReader reader)
    {
        try
        {
            return type switch
            {
                "Point" => Position(ref reader) is { } position ? GeometryFactory.Default.CreatePoint(position) : null,
                "LineString" => Line(ref reader),
                "Polygon" => Polygon(ref reader),
                "MultiPoint" => Line(ref reader, positions => GeometryFactory.Default.CreateMultiPointFromCoords(positions)),
                "MultiLineString" => Members(ref reader, Line) is { } lines ? GeometryFactory.Default.CreateMultiLineString([.. lines.Cast<LineString>()]) : null,
                "MultiPolygon" => Members(ref reader, Polygon) is { } polygons ? GeometryFactory.Default.CreateMultiPolygon([.. polygons.Cast<Polygon>()]) : null,
                _ => Unknown(type),
            };
        }
        catch (ArgumentException mistake)
        {
            // Rings that are not closed, lines of one position: the geometry library refuses them.
            refusals.Refuse(RefusalReason.InvalidGeometry, $"The geometry is not valid ({mistake.Message.TrimEnd('.')}); expected closed rings of four positions or more.");
            return null;
        }
    }

    private Geometry? Unknown(string type)
    {
        refusals.Refuse(RefusalReason.InvalidGeometry, $"The geometry is of type '{(type.Length > 40 ? type[..40] : type)}'; {Expected}.");
        return null;
    }

    private Geometry? Line(ref Utf8JsonReader reader) => Line(ref reader, positions => GeometryFactory.Default.CreateLineString(positions));

    private Geometry? Line(ref Utf8JsonReader reader, Func<Coordinate[], Geometry> build) => Positions(ref reader) is { } positions ? build(positions) : null;

    private Geometry? Polygon(ref Utf8JsonReader reader)
    {
        var rings = Members(ref reader, (ref Utf8JsonReader ring) => Line(ref ring, positions => GeometryFactory.Default.CreateLinearRing(positions)));
        return rings is null ? null
            : rings.Count == 0 ? Unknown("Polygon without rings")
            : GeometryFactory.Default.CreatePolygon((LinearRing)rings[0], [.. rings.Skip(1).Cast<LinearRing>()]);
    }

    private delegate Geometry? MemberReader(ref Utf8JsonReader reader);

    private List<Geometry>? Members(ref Utf8JsonReader reader, MemberReader read)
    {
        if (!IsArray(ref reader))
        {
            return null;
        }

        var members = new List<Geometry>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (read(ref reader) is not { } member)
            {
                return null;
            }

            members.Add(member);
        }

        return members;
    }

    private Coordinate[]? Positions(ref Utf8JsonReader reader)
    {
        if (!IsArray(ref reader))
        {
            return null;
        }

        var positions = new List<Coordinate>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Position(ref reader) is not { } position)
            {
                return null;
            }

            positions.Add(position);
        }

        return [.. positions];
    }

    private Coordinate? Position(ref Utf8JsonReader reader)
    {
        if (++_positions > options.Positions)
        {
            refusals.Refuse(RefusalReason.TooLarge, $"The geometry has more than {options.Positions} positions; expected less.");
            return null;
        }

        if (!IsArray(ref reader) || !Ordinate(ref reader, 180, out var longitude) || !Ordinate(ref reader, 90, out var latitude))
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            // A height and whatever else some senders add.
        }

        return reader.TokenType == JsonTokenType.EndArray ? new Coordinate(longitude, latitude) : Bad(ref reader);
    }

    private bool Ordinate(ref Utf8JsonReader reader, double bound, out double ordinate)
    {
        ordinate = 0;
        return (reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out ordinate) && Math.Abs(ordinate) <= bound) || Bad(ref reader) is not null;
    }

    private bool IsArray(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.StartArray || Bad(ref reader) is not null;

    private Coordinate? Bad(ref Utf8JsonReader reader)
    {
        refusals.Refuse(RefusalReason.InvalidGeometry, $"The geometry has {Refusals.Shown(ref reader)} among its coordinates; expected positions of a longitude within ±180 and a latitude within ±90.");
        return null;
    }
}
