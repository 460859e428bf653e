using System.Text;

namespace Pudong.Twin.Query.Syntax;

/// <summary>What a token of CQL2 Text is.</summary>
internal enum TokenKind
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>A word without quotes: a keyword, a property or a function.</summary>
    Name,

    /// <summary>A name in double quotes.</summary>
    QuotedName,

    /// <summary>A character literal in single quotes.</summary>
    Text,

    /// <summary>A number without sign.</summary>
    Number,

    /// <summary>A parenthesis, a comma or an operator.</summary>
    Symbol,
}

/// <summary>A token and where it stands; its characters stay in the text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Where it stands, quotes included.</param>
internal readonly record struct Token(TokenKind Kind, SourceSpan Span);

/// <summary>Cuts CQL2 Text into tokens, one at a time.</summary>
/// <param name="text">The text, without lone surrogates.</param>
internal sealed class TextLexer(string text)
{
    private int _offset;
    private LineCounter _lines = new(text);

    /// <summary>The next token; the end of the text again and again when it is reached.</summary>
    /// <exception cref="Cql2Exception">A quote is not closed, or a character begins no token.</exception>
    public Token Next()
    {
        while (_offset < text.Length && Names.IsSpace(text[_offset]))
        {
            _offset++;
        }

        if (_offset == text.Length)
        {
            return new Token(TokenKind.End, _lines.Span(_offset, 0));
        }

        var start = _offset;
        var kind = Scan(text[start]);
        return new Token(kind, _lines.Span(start, _offset - start));
    }

    private TokenKind Scan(char first)
    {
        switch (first)
        {
            case '\'':
                return ScanText();
            case '"':
                return ScanQuotedName();
            case '(' or ')' or ',' or '=' or '+' or '-' or '*' or '/' or '%' or '^':
                _offset++;
                return TokenKind.Symbol;
            case '<':
                _offset += Peek(1) is '=' or '>' ? 2 : 1;
                return TokenKind.Symbol;
            case '>':
                _offset += Peek(1) is '=' ? 2 : 1;
                return TokenKind.Symbol;
            case '.' or (>= '0' and <= '9') when char.IsAsciiDigit(first) || char.IsAsciiDigit(Peek(1)):
                return ScanNumber();
            default:
                return ScanName();
        }
    }

    private TokenKind ScanText()
    {
        var start = _offset++;
        while (_offset < text.Length)
        {
            switch (text[_offset])
            {
                case '\\':
                    _offset += 2;
                    break;
                case '\'' when Peek(1) != '\'':
                    _offset++;
                    return TokenKind.Text;
                case '\'':
                    _offset += 2;
                    break;
                default:
                    _offset++;
                    break;
            }
        }

        throw Unclosed("a closing '", start);
    }

    private TokenKind ScanQuotedName()
    {
        var start = _offset++;
        while (_offset < text.Length)
        {
            if (text[_offset] != '"')
            {
                _offset++;
            }
            else if (Peek(1) == '"')
            {
                _offset += 2;
            }
            else
            {
                _offset++;
                return TokenKind.QuotedName;
            }
        }

        throw Unclosed("a closing \"", start);
    }

    private TokenKind ScanNumber()
    {
        SkipDigits();
        if (Peek(0) == '.')
        {
            _offset++;
            SkipDigits();
        }

        // An E without digits behind it is the next word, not a part of the number.
        if (Peek(0) is 'e' or 'E')
        {
            var digits = Peek(1) is '+' or '-' ? 2 : 1;
            if (char.IsAsciiDigit(Peek(digits)))
            {
                _offset += digits;
                SkipDigits();
            }
        }

        return TokenKind.Number;
    }

    private TokenKind ScanName()
    {
        var start = _offset;
        var rune = Rune.GetRuneAt(text, _offset);
        if (!Names.IsStart(rune))
        {
            throw Mistakes.Expected("a name, a value or an operator", text.AsSpan(start, rune.Utf16SequenceLength), _lines.Span(start, rune.Utf16SequenceLength));
        }

        do
        {
            _offset += rune.Utf16SequenceLength;
        }
        while (_offset < text.Length && Rune.TryGetRuneAt(text, _offset, out rune) && Names.IsPart(rune));

        return TokenKind.Name;
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek(0)))
        {
            _offset++;
        }
    }

    private char Peek(int ahead) => _offset + ahead < text.Length ? text[_offset + ahead] : '\0';

    private Cql2Exception Unclosed(string expected, int start) => Mistakes.Expected(expected, text.AsSpan(start), _lines.Span(start, text.Length - start));
}
