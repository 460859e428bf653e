using System.Globalization;

namespace Pudong.Twin.Query.Functions;

/// <summary>Lengths of time as ISO 8601 writes them, without years and months, whose length varies.</summary>
internal static class Durations
{
    /// <summary>What a duration has to look like, for error messages.</summary>
    public const string Form = "a duration such as 'PT15M', 'P1DT12H' or 'P2W'";

    private static readonly (char Letter, long Ticks)[] DateUnits = [('W', 7 * TimeSpan.TicksPerDay), ('D', TimeSpan.TicksPerDay)];

    private static readonly (char Letter, long Ticks)[] TimeUnits =
        [('H', TimeSpan.TicksPerHour), ('M', TimeSpan.TicksPerMinute), ('S', TimeSpan.TicksPerSecond)];

    /// <summary>Reads a duration: <c>P2W</c>, <c>P1DT12H</c>, <c>PT0.5S</c>, <c>-PT15M</c>.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="ticks">The duration in ticks of 100 ns; fractions of a tick are cut off.</param>
    /// <returns>Whether it is a duration of less than 10,000 years.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        var isBack = text is ['-', ..];
        text = isBack ? text[1..] : text;
        if (text is not ['P', .., not 'T'])
        {
            return false;
        }

        var time = text.IndexOf('T');
        var total = 0m;
        var isRead = time < 0
            ? TryReadUnits(text[1..], DateUnits, ref total)
            : TryReadUnits(text[1..time], DateUnits, ref total) && TryReadUnits(text[(time + 1)..], TimeUnits, ref total);
        if (!isRead || total > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        ticks = isBack ? -(long)total : (long)total;
        return true;
    }

    // Units come from large to small, each at most once.
    private static bool TryReadUnits(ReadOnlySpan<char> text, ReadOnlySpan<(char Letter, long Ticks)> units, ref decimal total)
    {
        foreach (var (letter, ticks) in units)
        {
            var end = text.IndexOf(letter);
            if (end < 0)
            {
                continue;
            }

            // Fifteen digits are more than any duration needs, and their product with a unit cannot overflow.
            if (end is 0 or > 15 || !char.IsAsciiDigit(text[0]) || !char.IsAsciiDigit(text[end - 1]) ||
                !decimal.TryParse(text[..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            total += number * ticks;
            text = text[(end + 1)..];
        }

        return text.IsEmpty;
    }
}
