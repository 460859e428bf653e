using System.Globalization;

namespace Pudong.Twin.Query.Syntax;

/// <summary>Numbers as both encodings spell them.</summary>
internal static class Numbers
{
    /// <summary>Reads a number that a lexer has already delimited.</summary>
    /// <param name="text">Sign, digits, point and exponent.</param>
    /// <param name="span">Where the number stands.</param>
    /// <returns>An integer where there is neither point nor exponent and 64 bits are enough.</returns>
    /// <exception cref="Cql2Exception">The number is too large for a double.</exception>
    public static Expression Read(ReadOnlySpan<char> text, SourceSpan span)
    {
        if (text.IndexOfAny('.', 'e', 'E') < 0 &&
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            return new IntegerLiteral(integer) { Span = span };
        }

        return new NumberLiteral(ReadDouble(text, span)) { Span = span };
    }

    /// <summary>Reads a coordinate or another number that is always a double.</summary>
    /// <param name="text">Sign, digits, point and exponent.</param>
    /// <param name="span">Where the number stands.</param>
    /// <exception cref="Cql2Exception">The number is too large for a double.</exception>
    public static double ReadDouble(ReadOnlySpan<char> text, SourceSpan span)
    {
        var number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number) ? number : throw Mistakes.Expected("a number that fits a double", text, span);
    }

    /// <summary>Writes the shortest digits that read back as the same double, and never as an integer.</summary>
    /// <param name="number">A finite number.</param>
    public static string WriteNumber(double number)
    {
        var text = WriteCoordinate(number);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    /// <summary>Writes the shortest digits that read back as the same double.</summary>
    /// <param name="number">A finite number.</param>
    public static string WriteCoordinate(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
