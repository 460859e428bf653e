using System.Text;
using System.Text.Json;

namespace Pudong.Twin.Query.Syntax;

/// <summary>JSON as a row of tokens with their places; one mistake in the JSON is one <see cref="Cql2Exception"/>.</summary>
/// <remarks>A copy of it remembers the place, so that members can be read again once it is known what they mean.</remarks>
internal ref struct JsonSource
{
    private readonly ReadOnlySpan<byte> _utf8;
    private Utf8JsonReader _reader;
    private Utf8Counter _counter;
    private SourceSpan _span;
    private long _spanOf = -1;

    /// <summary>Begins before the first token.</summary>
    /// <param name="utf8">Valid UTF-8.</param>
    public JsonSource(ReadOnlySpan<byte> utf8)
    {
        _utf8 = utf8;
        _counter = new Utf8Counter(utf8);
        // The parser counts the depth itself and knows a better message; the reader does not recurse.
        _reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = int.MaxValue });
    }

    /// <summary>What the current token is.</summary>
    public readonly JsonTokenType Kind => _reader.TokenType;

    /// <summary>Where the current token stands; the start alone for an object or a list.</summary>
    public SourceSpan Span
    {
        get
        {
            // The counter only goes forward, so the place of a token is found once and remembered.
            if (_spanOf != _reader.TokenStartIndex)
            {
                _spanOf = _reader.TokenStartIndex;
                var start = _counter.MoveTo((int)_spanOf);
                _span = start with { Length = _counter.MoveTo(TokenEnd()).Start - start.Start };
            }

            return _span;
        }
    }

    /// <summary>Goes to the next token.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="Cql2Exception">The source is no JSON.</exception>
    public bool Read()
    {
        try
        {
            return _reader.Read();
        }
        catch (JsonException exception)
        {
            throw Malformed(exception);
        }
    }

    /// <summary>Jumps over the value of the current member, which has to be JSON all the same.</summary>
    public void SkipValue()
    {
        try
        {
            _reader.Skip();
        }
        catch (JsonException exception)
        {
            throw Malformed(exception);
        }
    }

    /// <summary>The span from a place to the end of the current token.</summary>
    /// <param name="start">A place.</param>
    public SourceSpan From(SourceSpan start) => start with { Length = Span.End - start.Start };

    /// <summary>Whether the current token is a string or a member of this name.</summary>
    /// <param name="text">The name.</param>
    public readonly bool Is(ReadOnlySpan<byte> text)
    {
        if (_reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            return false;
        }

        try
        {
            return _reader.ValueTextEquals(text);
        }
        catch (InvalidOperationException)
        {
            // An escape is half of a surrogate pair: no name of ours has one.
            return false;
        }
    }

    /// <summary>The characters of the current number.</summary>
    public readonly string NumberText() => Encoding.ASCII.GetString(_reader.ValueSpan);

    /// <summary>The value of the current string.</summary>
    /// <exception cref="Cql2Exception">An escape is half of a surrogate pair.</exception>
    public string Text()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Mistakes.ExpectedOther("well-formed Unicode", "a lone surrogate", Span);
        }
    }

    /// <summary>Something else was expected than the current token.</summary>
    /// <param name="expected">What would be right.</param>
    public Cql2Exception Unexpected(string expected)
    {
        var end = TokenEnd();
        return Mistakes.Expected(expected, Encoding.UTF8.GetString(_utf8[(int)_reader.TokenStartIndex..end]), Span);
    }

    private readonly int TokenEnd()
    {
        var start = (int)_reader.TokenStartIndex;
        var quotes = _reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? 2 : 0;
        return start + _reader.ValueSpan.Length + quotes;
    }

    private readonly Cql2Exception Malformed(JsonException exception)
    {
        var start = Math.Min(OffsetOf(exception), _utf8.Length);
        // An offset inside of a character would give half of it.
        while (start > 0 && start < _utf8.Length && (_utf8[start] & 0xC0) == 0x80)
        {
            start--;
        }

        var found = Encoding.UTF8.GetString(_utf8[start..]);
        var length = 0;
        while (length < found.Length && !char.IsWhiteSpace(found[length]) && !(length > 0 && "{}[],:\"".Contains(found[length], StringComparison.Ordinal)))
        {
            length++;
        }

        var place = new Utf8Counter(_utf8).MoveTo(start);
        return Mistakes.Expected("well-formed JSON", found.AsSpan(0, length), place with { Length = length });
    }

    private readonly int OffsetOf(JsonException exception)
    {
        var line = 0L;
        var index = 0;
        while (line < exception.LineNumber && index < _utf8.Length)
        {
            line += _utf8[index] == '\n' ? 1 : 0;
            index++;
        }

        return index + (int)(exception.BytePositionInLine ?? 0);
    }
}
