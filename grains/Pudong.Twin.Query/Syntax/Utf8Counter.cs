namespace Pudong.Twin.Query.Syntax;

/// <summary>Turns byte offsets, asked for in ascending order, into offsets in UTF-16, lines and columns, in one pass.</summary>
/// <param name="utf8">Valid UTF-8; a line ends with <c>\n</c>, <c>\r\n</c> or <c>\r</c>.</param>
internal ref struct Utf8Counter(ReadOnlySpan<byte> utf8)
{
    private readonly ReadOnlySpan<byte> _utf8 = utf8;
    private int _byte;
    private int _offset;
    private int _lineStart;
    private int _line = 1;

    /// <summary>The place of a byte, as a span without length.</summary>
    /// <param name="index">Its offset, not before the one asked for last.</param>
    public SourceSpan MoveTo(int index)
    {
        for (; _byte < index; _byte++)
        {
            var value = _utf8[_byte];
            _offset += UnitsOf(value);
            if (value == '\n' || (value == '\r' && (_byte + 1 == _utf8.Length || _utf8[_byte + 1] != '\n')))
            {
                _line++;
                _lineStart = _offset;
            }
        }

        return new SourceSpan(_offset, 0, _line, _offset - _lineStart + 1);
    }

    /// <summary>UTF-16 code units that a byte adds: the first byte of a character counts, those behind it do not.</summary>
    private static int UnitsOf(byte value) => value switch
    {
        < 0x80 => 1,
        < 0xC0 => 0,
        < 0xF0 => 1,
        _ => 2,
    };
}
