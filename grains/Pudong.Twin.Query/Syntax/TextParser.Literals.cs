using NetTopologySuite.Geometries;

namespace Pudong.Twin.Query.Syntax;

/// <summary>Reads dates, intervals, boxes and geometries; the word before the parenthesis is already read.</summary>
internal sealed partial class TextParser
{
    private Expression ReadLiteral(string word, SourceSpan start)
    {
        if (word is "DATE" or "TIMESTAMP" or "INTERVAL" or "BBOX")
        {
            ExpectSymbol('(');
            return word switch
            {
                "DATE" => ReadDate(start),
                "TIMESTAMP" => ReadTimestamp(start),
                "INTERVAL" => ReadInterval(start),
                _ => ReadBox(start),
            };
        }

        var geometry = ReadGeometry(word);
        return GeometryAssembler.Literal(geometry, From(start), _limits);
    }

    private DateLiteral ReadDate(SourceSpan start)
    {
        if (_current.Kind != TokenKind.Text || !Instants.TryReadDate(TextQuotes.ReadText(CurrentText()), out var date))
        {
            throw Unexpected(Instants.DateForm);
        }

        Advance();
        ExpectSymbol(')');
        return new DateLiteral(date) { Span = From(start) };
    }

    private TimestampLiteral ReadTimestamp(SourceSpan start)
    {
        if (_current.Kind != TokenKind.Text || !Instants.TryReadTimestamp(TextQuotes.ReadText(CurrentText()), out var ticks))
        {
            throw Unexpected(Instants.TimestampForm);
        }

        Advance();
        ExpectSymbol(')');
        return new TimestampLiteral(ticks) { Span = From(start) };
    }

    private IntervalExpression ReadInterval(SourceSpan start)
    {
        Enter();
        var from = ReadIntervalEnd();
        ExpectSymbol(',');
        var to = ReadIntervalEnd();
        Close("')'");
        return new IntervalExpression(from, to) { Span = From(start) };
    }

    private Expression ReadIntervalEnd()
    {
        const string Expected = "a date, a timestamp, '..', a property or a function";
        var token = _current;
        if (token.Kind != TokenKind.Text)
        {
            var end = token.Kind is TokenKind.Name or TokenKind.QuotedName ? ReadPrimary() : throw Unexpected(Expected);
            return Operations.IsIntervalEnd(end) ? end : throw Mistakes.Expected(Expected, _text.AsSpan(end.Span.Start, end.Span.Length), end.Span);
        }

        var text = TextQuotes.ReadText(CurrentText());
        var instant = IntervalEnds.Read(text, token.Span) ?? throw Unexpected(IntervalEnds.Form);
        Advance();
        return instant;
    }

    private BoxLiteral ReadBox(SourceSpan start)
    {
        var numbers = new List<double>();
        var spans = new List<SourceSpan>();
        do
        {
            if (numbers.Count == 6)
            {
                throw Unexpected("')'");
            }

            numbers.Add(ReadSignedNumber("a number", out var span));
            spans.Add(span);
        }
        while (TrySymbol(','));

        ExpectSymbol(')');
        return GeometryAssembler.Box(numbers, spans, From(start));
    }

    private Geometry ReadGeometry(string word)
    {
        // POINTZ and POINT Z say the same; whether there are heights, the positions show.
        var type = word.TrimEnd('Z');
        if (type.Length == word.Length)
        {
            TryKeyword("Z");
        }

        return type switch
        {
            "POINT" => ReadPoint(),
            "LINESTRING" => ReadLine(),
            "POLYGON" => ReadPolygon(),
            "MULTIPOINT" => GeometryAssembler.Factory.CreateMultiPoint([.. ReadParts(ReadPointOfMany)]),
            "MULTILINESTRING" => GeometryAssembler.Factory.CreateMultiLineString([.. ReadParts(ReadLine)]),
            "MULTIPOLYGON" => GeometryAssembler.Factory.CreateMultiPolygon([.. ReadParts(ReadPolygon)]),
            _ => GeometryAssembler.Factory.CreateGeometryCollection([.. ReadParts(ReadMember)]),
        };
    }

    private Geometry ReadMember()
    {
        var word = _current.Kind == TokenKind.Name ? CurrentText().ToString().ToUpperInvariant() : "";
        if (!Names.IsLiteral(word) || word is "DATE" or "TIMESTAMP" or "INTERVAL" or "BBOX" or "GEOMETRYCOLLECTION" or "GEOMETRYCOLLECTIONZ")
        {
            throw Unexpected("a geometry that is no collection");
        }

        Advance();
        return ReadGeometry(word);
    }

    private Point ReadPoint()
    {
        ExpectSymbol('(');
        var position = ReadPosition();
        ExpectSymbol(')');
        return GeometryAssembler.Factory.CreatePoint(position);
    }

    private Point ReadPointOfMany() => IsSymbol('(') ? ReadPoint() : GeometryAssembler.Factory.CreatePoint(ReadPosition());

    private LineString ReadLine()
    {
        var start = _current.Span;
        var positions = ReadParts(ReadPosition);
        return GeometryAssembler.Line(positions, From(start));
    }

    private Polygon ReadPolygon() => GeometryAssembler.Polygon(ReadParts(ReadRing));

    private LinearRing ReadRing()
    {
        var start = _current.Span;
        var positions = ReadParts(ReadPosition);
        return GeometryAssembler.Ring(positions, From(start));
    }

    private List<T> ReadParts<T>(Func<T> readPart)
    {
        ExpectSymbol('(');
        var parts = new List<T>();
        do
        {
            parts.Add(readPart());
        }
        while (TrySymbol(','));

        if (!TrySymbol(')'))
        {
            throw Unexpected("',' or ')'");
        }

        return parts;
    }

    private Coordinate ReadPosition()
    {
        if (++_vertices > _limits.Vertices)
        {
            throw Mistakes.TooManyVertices(_limits.Vertices, _current.Span);
        }

        var longitude = ReadSignedNumber(GeometryAssembler.Longitude, out var span);
        if (!GeometryAssembler.IsLongitude(longitude))
        {
            throw Mistakes.Expected(GeometryAssembler.Longitude, _text.AsSpan(span.Start, span.Length), span);
        }

        var latitude = ReadSignedNumber(GeometryAssembler.Latitude, out span);
        if (!GeometryAssembler.IsLatitude(latitude))
        {
            throw Mistakes.Expected(GeometryAssembler.Latitude, _text.AsSpan(span.Start, span.Length), span);
        }

        if (_current.Kind == TokenKind.Number || IsSymbol('-') || IsSymbol('+'))
        {
            ReadSignedNumber("a height", out _);
        }

        return new Coordinate(longitude, latitude);
    }

    private double ReadSignedNumber(string expected, out SourceSpan span)
    {
        var start = _current.Span;
        var negative = TrySymbol('-');
        if (!negative)
        {
            TrySymbol('+');
        }

        if (_current.Kind != TokenKind.Number)
        {
            throw Unexpected(expected);
        }

        var number = Numbers.ReadDouble(CurrentText(), _current.Span);
        Advance();
        span = From(start);
        return negative ? -number : number;
    }
}
