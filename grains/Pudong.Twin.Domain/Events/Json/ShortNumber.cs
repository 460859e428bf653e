namespace Pudong.Twin.Domain.Events.Json;

/// <summary>Reads the short numbers that devices send, such as <c>-21.375</c>, faster than a reader of all numbers can.</summary>
/// <remarks>
/// Up to 15 digits make a whole number that a double holds exactly, and so is the power of ten to divide by: the one division rounds once, to the same double that any right
/// reader gives (Clinger, "How to read floating point numbers accurately", 1990).
/// </remarks>
internal static class ShortNumber
{
    private const int Digits = 15;

    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Reads a number.</summary>
    /// <param name="text">A number after the grammar of JSON.</param>
    /// <param name="number">The number.</param>
    /// <returns>False when it is too long or has an exponent; another reader must read it.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out double number)
    {
        var isNegative = text.Length > 0 && text[0] == '-';
        var (whole, digits, fraction) = (0L, 0, -1);
        foreach (var character in isNegative ? text[1..] : text)
        {
            if (character == '.')
            {
                fraction = digits;
                continue;
            }

            if (character is < (byte)'0' or > (byte)'9' || ++digits > Digits)
            {
                number = 0;
                return false;
            }

            whole = (whole * 10) + (character - '0');
        }

        number = fraction < 0 ? whole : whole / Powers[digits - fraction];
        number = isNegative ? -number : number;
        return true;
    }
}
