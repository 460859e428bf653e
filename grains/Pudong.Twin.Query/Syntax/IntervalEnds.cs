namespace Pudong.Twin.Query.Syntax;

/// <summary>The quoted ends of intervals, which both encodings spell alike.</summary>
internal static class IntervalEnds
{
    /// <summary>What a quoted end has to look like, for error messages.</summary>
    public const string Form = "a date, a timestamp or '..'";

    /// <summary>How both encodings write <see cref="OpenEnd"/>.</summary>
    public const string Open = "..";

    /// <summary>Reads an end.</summary>
    /// <param name="text">The text without quotes and escapes.</param>
    /// <param name="span">Where it stands.</param>
    /// <returns>The end, or null when the text is none.</returns>
    public static Expression? Read(string text, SourceSpan span)
    {
        if (text == Open)
        {
            return new OpenEnd { Span = span };
        }

        if (Instants.TryReadDate(text, out var date))
        {
            return new DateLiteral(date) { Span = span };
        }

        return Instants.TryReadTimestamp(text, out var ticks) ? new TimestampLiteral(ticks) { Span = span } : null;
    }

    /// <summary>Writes an end that has a quoted form.</summary>
    /// <param name="end">An end.</param>
    /// <returns>The text without quotes, or null when the end is a property or function.</returns>
    public static string? Write(Expression end) => end switch
    {
        OpenEnd => Open,
        DateLiteral date => Instants.Write(date.Value),
        TimestampLiteral timestamp => Instants.Write(timestamp.Ticks),
        _ => null,
    };
}
