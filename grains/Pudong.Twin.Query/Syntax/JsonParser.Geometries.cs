using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Pudong.Twin.Query.Syntax;

/// <summary>Reads boxes and GeoJSON geometries.</summary>
internal ref partial struct JsonParser
{
    /// <summary>Reads a box, or a geometry with or without a box of its own, from its first member on.</summary>
    private Expression ReadSpatial(SourceSpan start)
    {
        if (!_json.Is("bbox"u8))
        {
            var geometry = ReadGeometry(true);
            return GeometryAssembler.Literal(geometry, _json.From(start), _limits);
        }

        var remembered = _json;
        Next();
        var numbers = ReadBoxNumbers(out var spans);
        if (Next() == JsonTokenType.EndObject)
        {
            return GeometryAssembler.Box(numbers, spans, _json.From(start));
        }

        _json = remembered;
        return GeometryAssembler.Literal(ReadGeometry(true), _json.From(start), _limits);
    }

    /// <summary>Reads a geometry from the first member of its object to the end of the object.</summary>
    /// <remarks>What the coordinates mean, the type tells; where it comes behind them, they are read again.</remarks>
    private Geometry ReadGeometry(bool mayCollect)
    {
        string? type = null;
        JsonSource coordinates = default;
        var hasCoordinates = false;
        var hasBox = false;
        do
        {
            if (_json.Is("type"u8) && type is null)
            {
                Next();
                type = ReadGeometryType(mayCollect);
            }
            else if ((_json.Is("coordinates"u8) || _json.Is("geometries"u8)) && !hasCoordinates)
            {
                hasCoordinates = true;
                coordinates = _json;
                _json.SkipValue();
            }
            else if (_json.Is("bbox"u8) && !hasBox)
            {
                hasBox = true;
                Next();
                ReadBoxNumbers(out _);
            }
            else
            {
                throw _json.Unexpected(type is null ? "'type'" : hasCoordinates ? "'}'" : $"'{ContentOf(type)}'");
            }
        }
        while (Next() != JsonTokenType.EndObject);

        if (type is null || !hasCoordinates)
        {
            throw _json.Unexpected(type is null ? "'type'" : $"'{ContentOf(type)}'");
        }

        var end = _json;
        _json = coordinates;
        var geometry = ReadContent(type);
        _json = end;
        return geometry;
    }

    private string ReadGeometryType(bool mayCollect)
    {
        var type = _json.Kind == JsonTokenType.String ? _json.Text() : "";
        var known = type is "Point" or "LineString" or "Polygon" or "MultiPoint" or "MultiLineString" or "MultiPolygon";
        return known || (mayCollect && type == "GeometryCollection")
            ? type
            : throw _json.Unexpected(mayCollect ? "a type of geometry such as 'Point'" : "a geometry that is no collection");
    }

    private static string ContentOf(string type) => type == "GeometryCollection" ? "geometries" : "coordinates";

    private Geometry ReadContent(string type)
    {
        if (_json.Is("geometries"u8) != (type == "GeometryCollection"))
        {
            throw _json.Unexpected($"'{ContentOf(type)}'");
        }

        Next();
        var factory = GeometryAssembler.Factory;
        return type switch
        {
            "Point" => ReadPoint(),
            "LineString" => ReadLine(),
            "Polygon" => ReadPolygon(),
            "MultiPoint" => factory.CreateMultiPoint([.. ReadParts("a position", static (ref parser) => parser.ReadPoint())]),
            "MultiLineString" => factory.CreateMultiLineString([.. ReadParts("a line", static (ref parser) => parser.ReadLine())]),
            "MultiPolygon" => factory.CreateMultiPolygon([.. ReadParts("a polygon", static (ref parser) => parser.ReadPolygon())]),
            _ => factory.CreateGeometryCollection([.. ReadParts("a geometry", static (ref parser) => parser.ReadMember())]),
        };
    }

    private Geometry ReadMember()
    {
        if (_json.Kind != JsonTokenType.StartObject)
        {
            throw _json.Unexpected("a geometry");
        }

        return Next() == JsonTokenType.PropertyName ? ReadGeometry(false) : throw _json.Unexpected("'type'");
    }

    private Point ReadPoint() => GeometryAssembler.Factory.CreatePoint(ReadPosition());

    private LineString ReadLine()
    {
        var start = _json.Span;
        var positions = ReadParts("a position", static (ref parser) => parser.ReadPosition());
        return GeometryAssembler.Line(positions, _json.From(start));
    }

    private LinearRing ReadRing()
    {
        var start = _json.Span;
        var positions = ReadParts("a position", static (ref parser) => parser.ReadPosition());
        return GeometryAssembler.Ring(positions, _json.From(start));
    }

    private Polygon ReadPolygon() => GeometryAssembler.Polygon(ReadParts("a ring", static (ref parser) => parser.ReadRing()));

    private delegate T PartReader<T>(ref JsonParser parser);

    /// <summary>Reads a list of at least one part.</summary>
    private List<T> ReadParts<T>(string part, PartReader<T> readPart)
    {
        if (_json.Kind != JsonTokenType.StartArray)
        {
            throw _json.Unexpected($"a list, each item {part}");
        }

        var parts = new List<T>();
        while (Next() != JsonTokenType.EndArray)
        {
            parts.Add(readPart(ref this));
        }

        return parts.Count > 0 ? parts : throw _json.Unexpected(part);
    }

    private Coordinate ReadPosition()
    {
        if (_json.Kind != JsonTokenType.StartArray)
        {
            throw _json.Unexpected("a position such as [121.5, 31.2]");
        }

        if (++_vertices > _limits.Vertices)
        {
            throw Mistakes.TooManyVertices(_limits.Vertices, _json.Span);
        }

        Next();
        var longitude = ReadNumber(GeometryAssembler.Longitude);
        if (!GeometryAssembler.IsLongitude(longitude))
        {
            throw _json.Unexpected(GeometryAssembler.Longitude);
        }

        Next();
        var latitude = ReadNumber(GeometryAssembler.Latitude);
        if (!GeometryAssembler.IsLatitude(latitude))
        {
            throw _json.Unexpected(GeometryAssembler.Latitude);
        }

        if (Next() != JsonTokenType.EndArray)
        {
            ReadNumber("a height or ']'");
            if (Next() != JsonTokenType.EndArray)
            {
                throw _json.Unexpected("']'");
            }
        }

        return new Coordinate(longitude, latitude);
    }

    private List<double> ReadBoxNumbers(out List<SourceSpan> spans)
    {
        var numbers = new List<double>();
        spans = [];
        if (_json.Kind != JsonTokenType.StartArray)
        {
            throw _json.Unexpected("a list of 4 or 6 numbers");
        }

        while (Next() != JsonTokenType.EndArray)
        {
            if (numbers.Count == 6)
            {
                throw _json.Unexpected("']'");
            }

            numbers.Add(ReadNumber("a number"));
            spans.Add(_json.Span);
        }

        return numbers;
    }

    private double ReadNumber(string expected) =>
        _json.Kind == JsonTokenType.Number ? Numbers.ReadDouble(_json.NumberText(), _json.Span) : throw _json.Unexpected(expected);
}
