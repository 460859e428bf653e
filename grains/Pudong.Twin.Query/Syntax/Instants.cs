using System.Globalization;

namespace Pudong.Twin.Query.Syntax;

/// <summary>Dates and timestamps as both encodings spell them: RFC 3339, proleptic Gregorian, years 0001 to 9999.</summary>
internal static class Instants
{
    /// <summary>What a date has to look like, for error messages.</summary>
    public const string DateForm = "a date such as '2026-04-16'";

    /// <summary>What a timestamp has to look like, for error messages.</summary>
    public const string TimestampForm = "a timestamp such as '2026-04-16T10:13:19Z'";

    private const int DateLength = 10;

    private const int SecondsEnd = 19;

    private const int FractionDigits = 7;

    /// <summary>Reads <c>2026-04-16</c>.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="date">The day.</param>
    /// <returns>Whether it is a day of the calendar.</returns>
    public static bool TryReadDate(ReadOnlySpan<char> text, out DateOnly date)
    {
        date = default;
        if (text.Length != DateLength || text[4] != '-' || text[7] != '-' ||
            !TryReadDigits(text[..4], out var year) || !TryReadDigits(text[5..7], out var month) || !TryReadDigits(text[8..], out var day) ||
            year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }

    /// <summary>Reads <c>2026-04-16T10:13:19.5Z</c>, or with an offset from UTC in place of the Z.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="ticks">UTC, as <see cref="TimestampLiteral.Ticks"/>.</param>
    /// <returns>Whether it is an instant with a zone and with at most 7 digits of a fraction.</returns>
    public static bool TryReadTimestamp(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (text.Length <= SecondsEnd || text[10] is not ('T' or 't') || text[13] != ':' || text[16] != ':' ||
            !TryReadDate(text[..DateLength], out var date) || !TryReadDigits(text[11..13], out var hour) ||
            !TryReadDigits(text[14..16], out var minute) || !TryReadDigits(text[17..SecondsEnd], out var second) ||
            hour > 23 || minute > 59 || second > 59 ||
            !TryReadFraction(text[SecondsEnd..], out var fraction, out var length) ||
            !TryReadOffset(text[(SecondsEnd + length)..], out var offset))
        {
            return false;
        }

        var local = date.ToDateTime(new TimeOnly(hour, minute, second)).Ticks + fraction;
        ticks = local - offset;
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
    }

    /// <summary>Writes a date so that it reads back equal.</summary>
    /// <param name="date">The day.</param>
    public static string Write(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Writes a timestamp in UTC with as many digits of the fraction as it has.</summary>
    /// <param name="ticks">UTC, from 0 to the ticks of <see cref="DateTime.MaxValue"/>.</param>
    public static string Write(long ticks) =>
        new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static bool TryReadFraction(ReadOnlySpan<char> text, out long ticks, out int length)
    {
        ticks = 0;
        length = 0;
        if (text.IsEmpty || text[0] != '.')
        {
            return true;
        }

        length = 1;
        while (length < text.Length && char.IsAsciiDigit(text[length]))
        {
            ticks = (ticks * 10) + (text[length] - '0');
            length++;
            if (length > FractionDigits + 1)
            {
                return false;
            }
        }

        for (var digits = length - 1; digits < FractionDigits; digits++)
        {
            ticks *= 10;
        }

        return length > 1;
    }

    private static bool TryReadOffset(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (text is "Z" or "z")
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':' ||
            !TryReadDigits(text[1..3], out var hours) || !TryReadDigits(text[4..], out var minutes) || hours > 23 || minutes > 59)
        {
            return false;
        }

        ticks = (hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute);
        ticks = text[0] == '-' ? -ticks : ticks;
        return true;
    }

    private static bool TryReadDigits(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
