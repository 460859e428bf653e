using System.Collections.Immutable;
using System.Text.Json;

namespace Pudong.Twin.Query.Syntax;

/// <summary>Reads CQL2 JSON token by token into the tree; this part reads values, lists and operations.</summary>
/// <remarks>Members of an object may come in any order; none may come twice and none may be unknown.</remarks>
internal ref partial struct JsonParser
{
    private const string Value = "an expression";

    private readonly Cql2Limits _limits;
    private JsonSource _json;
    private int _depth;
    private int _vertices;

    /// <summary>Begins to read.</summary>
    /// <param name="utf8">Valid UTF-8.</param>
    /// <param name="limits">How large the expression may be.</param>
    public JsonParser(ReadOnlySpan<byte> utf8, Cql2Limits limits)
    {
        _json = new JsonSource(utf8);
        _limits = limits;
    }

    /// <summary>Reads the whole source.</summary>
    /// <exception cref="Cql2Exception">The source is no expression or exceeds a limit.</exception>
    public Expression ReadAll()
    {
        _json.Read();
        var expression = ReadExpression();
        // Anything behind the value is a mistake that the JSON reader finds.
        _json.Read();
        return expression;
    }

    /// <summary>Reads the value that begins at the current token, and ends at its last token.</summary>
    private Expression ReadExpression()
    {
        switch (_json.Kind)
        {
            case JsonTokenType.String:
                return new TextLiteral(_json.Text()) { Span = _json.Span };
            case JsonTokenType.Number:
                return Numbers.Read(_json.NumberText(), _json.Span);
            case JsonTokenType.True or JsonTokenType.False:
                return new BooleanLiteral(_json.Kind == JsonTokenType.True) { Span = _json.Span };
            case JsonTokenType.StartArray:
                var start = _json.Span;
                Enter();
                var items = ReadList();
                _depth--;
                return new ArrayExpression(items) { Span = _json.From(start) };
            case JsonTokenType.StartObject:
                return ReadObject();
            default:
                throw _json.Unexpected(Value);
        }
    }

    private ImmutableArray<Expression> ReadList()
    {
        if (_json.Kind != JsonTokenType.StartArray)
        {
            throw _json.Unexpected("a list");
        }

        var items = ImmutableArray.CreateBuilder<Expression>();
        while (Next() != JsonTokenType.EndArray)
        {
            if (items.Count == _limits.ListItems)
            {
                throw Mistakes.TooManyItems(_limits.ListItems, _json.Span);
            }

            items.Add(ReadExpression());
        }

        return items.ToImmutable();
    }

    /// <summary>Reads an object, whose first member tells what it is.</summary>
    private Expression ReadObject()
    {
        var start = _json.Span;
        if (Next() == JsonTokenType.EndObject)
        {
            throw _json.Unexpected("'op', 'property', 'date', 'timestamp', 'interval', 'bbox' or 'type'");
        }

        if (_json.Is("op"u8) || _json.Is("args"u8))
        {
            return ReadOperation(start);
        }

        if (_json.Is("property"u8))
        {
            return ReadProperty(start);
        }

        if (_json.Is("date"u8) || _json.Is("timestamp"u8))
        {
            return ReadInstant(start);
        }

        if (_json.Is("interval"u8))
        {
            return ReadInterval(start);
        }

        return _json.Is("type"u8) || _json.Is("coordinates"u8) || _json.Is("geometries"u8) || _json.Is("bbox"u8)
            ? ReadSpatial(start)
            : throw _json.Unexpected("'op', 'property', 'date', 'timestamp', 'interval', 'bbox' or 'type'");
    }

    private Operation ReadOperation(SourceSpan start)
    {
        Enter();
        string? name = null;
        ImmutableArray<Expression>? arguments = null;
        do
        {
            if (_json.Is("op"u8) && name is null)
            {
                Next();
                name = ReadName("the name of an operator or function");
            }
            else if (_json.Is("args"u8) && arguments is null)
            {
                Next();
                arguments = ReadList();
            }
            else
            {
                throw _json.Unexpected(name is null ? "'op'" : arguments is null ? "'args'" : "'}'");
            }
        }
        while (Next() != JsonTokenType.EndObject);

        if (name is null || arguments is null)
        {
            throw _json.Unexpected(name is null ? "'op'" : "'args'");
        }

        _depth--;
        return Operations.Create(name, arguments.Value, _json.From(start), _limits);
    }

    private PropertyReference ReadProperty(SourceSpan start)
    {
        Next();
        var name = ReadName("the name of a property");
        EndObject();
        return new PropertyReference(name) { Span = _json.From(start) };
    }

    private string ReadName(string expected)
    {
        if (_json.Kind != JsonTokenType.String || _json.Is(""u8))
        {
            throw _json.Unexpected(expected);
        }

        return _json.Text();
    }

    private Expression ReadInstant(SourceSpan start)
    {
        var isDate = _json.Is("date"u8);
        Next();
        var text = _json.Kind == JsonTokenType.String ? _json.Text() : "";
        DateOnly date = default;
        long ticks = 0;
        if (isDate ? !Instants.TryReadDate(text, out date) : !Instants.TryReadTimestamp(text, out ticks))
        {
            throw _json.Unexpected(isDate ? Instants.DateForm : Instants.TimestampForm);
        }

        EndObject();
        var span = _json.From(start);
        return isDate ? new DateLiteral(date) { Span = span } : new TimestampLiteral(ticks) { Span = span };
    }

    private IntervalExpression ReadInterval(SourceSpan start)
    {
        Enter();
        if (Next() != JsonTokenType.StartArray)
        {
            throw _json.Unexpected("a list of two ends");
        }

        Next();
        var from = ReadIntervalEnd();
        Next();
        var to = ReadIntervalEnd();
        if (Next() != JsonTokenType.EndArray)
        {
            throw _json.Unexpected("']'");
        }

        EndObject();
        _depth--;
        return new IntervalExpression(from, to) { Span = _json.From(start) };
    }

    private Expression ReadIntervalEnd()
    {
        const string Expected = "a date, a timestamp, '..', a property or a function";
        if (_json.Kind == JsonTokenType.String)
        {
            return IntervalEnds.Read(_json.Text(), _json.Span) ?? throw _json.Unexpected(IntervalEnds.Form);
        }

        if (_json.Kind != JsonTokenType.StartObject)
        {
            throw _json.Unexpected(Expected);
        }

        var end = ReadExpression();
        return Operations.IsIntervalEnd(end) ? end : throw Mistakes.ExpectedOther(Expected, "another expression", end.Span);
    }

    private JsonTokenType Next()
    {
        _json.Read();
        return _json.Kind;
    }

    private void EndObject()
    {
        if (Next() != JsonTokenType.EndObject)
        {
            throw _json.Unexpected("'}'");
        }
    }

    private void Enter()
    {
        if (++_depth > _limits.Depth)
        {
            throw Mistakes.TooDeep(_limits.Depth, _json.Span);
        }
    }
}
