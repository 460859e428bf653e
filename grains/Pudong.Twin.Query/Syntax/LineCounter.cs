namespace Pudong.Twin.Query.Syntax;

/// <summary>Finds line and column of offsets that are asked for in ascending order, in one pass over the text.</summary>
/// <param name="text">The text; a line ends with <c>\n</c>, <c>\r\n</c> or <c>\r</c>.</param>
internal struct LineCounter(string text)
{
    private int _offset;
    private int _lineStart;
    private int _line = 1;

    /// <summary>The span of a token.</summary>
    /// <param name="start">Its offset, not before the one asked for last.</param>
    /// <param name="length">Its length.</param>
    public SourceSpan Span(int start, int length)
    {
        for (; _offset < start; _offset++)
        {
            var ends = text[_offset] == '\n' || (text[_offset] == '\r' && (_offset + 1 == text.Length || text[_offset + 1] != '\n'));
            if (ends)
            {
                _line++;
                _lineStart = _offset + 1;
            }
        }

        return new SourceSpan(start, length, _line, start - _lineStart + 1);
    }
}
