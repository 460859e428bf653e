using System.Globalization;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>Reads durations after ISO 8601 that need no calendar: days, hours, minutes and whole seconds.</summary>
internal static class Durations
{
    private const long Longest = 100L * 366 * 86_400_000;

    /// <summary>The milliseconds of a duration such as <c>P1DT12H</c>; null when the text is none, is zero or longer than 100 years.</summary>
    public static long? Parse(string text)
    {
        if (text.Length is < 3 or > 40 || text[0] != 'P')
        {
            return null;
        }

        var split = text.IndexOf('T', StringComparison.Ordinal);
        var days = split < 0 ? text[1..] : text[1..split];
        var times = split < 0 ? "" : text[(split + 1)..];
        var total = Sum(days, ("D", 86_400_000)) + (split >= 0 && times.Length == 0 ? null : Sum(times, ("H", 3_600_000), ("M", 60_000), ("S", 1_000)));
        return total is > 0 and <= Longest ? total : null;
    }

    // Units come in their order, each at most once.
    private static long? Sum(string text, params (string Unit, long Milliseconds)[] units)
    {
        var total = 0L;
        foreach (var (unit, milliseconds) in units)
        {
            var end = text.IndexOf(unit, StringComparison.Ordinal);
            if (end < 0)
            {
                continue;
            }

            if (!int.TryParse(text[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
            {
                return null;
            }

            total += amount * milliseconds;
            text = text[(end + 1)..];
        }

        return text.Length == 0 ? total : null;
    }
}
