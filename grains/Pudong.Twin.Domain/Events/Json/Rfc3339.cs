namespace Pudong.Twin.Domain.Events.Json;

/// <summary>Reads times after RFC 3339, such as <c>2021-11-01T08:00:00.250+08:00</c>, without making texts of them.</summary>
internal static class Rfc3339
{
    private const int ShortestLength = 20;
    private const int SecondsLength = 19;

    /// <summary>Reads a time.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="ticks">UTC, in ticks of 100 ns; further digits are dropped.</param>
    /// <returns>Whether the text is a time of the years 1 to 9999. A leap second is none.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < ShortestLength || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || text[13] != ':' || text[16] != ':')
        {
            return false;
        }

        if (!TryParseDay(text[..10], out var day) || !TryNumber(text[11..13], 23, out var hour) || !TryNumber(text[14..16], 59, out var minute)
            || !TryNumber(text[17..19], 59, out var second))
        {
            return false;
        }

        var rest = text[SecondsLength..];
        if (!TryFraction(ref rest, out var fraction) || !TryOffset(rest, out var offset))
        {
            return false;
        }

        ticks = (day * TimeSpan.TicksPerDay) + ((((((hour * 60L) + minute - offset) * 60) + second) * TimeSpan.TicksPerSecond) + fraction);
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
    }

    /// <summary>Reads a day such as <c>2021-11-01</c>.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="dayNumber">Days since 0001-01-01.</param>
    public static bool TryParseDay(ReadOnlySpan<byte> text, out long dayNumber)
    {
        dayNumber = 0;
        if (text.Length != 10 || text[4] != '-' || text[7] != '-' || !TryNumber(text[..4], 9_999, out var year) || !TryNumber(text[5..7], 12, out var month)
            || !TryNumber(text[8..], 31, out var day) || year == 0 || month == 0 || day == 0 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        dayNumber = new DateOnly(year, month, day).DayNumber;
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, int highest, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return number <= highest;
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> rest, out long fraction)
    {
        fraction = 0;
        if (rest[0] != '.')
        {
            return true;
        }

        var length = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (length <= 0)
        {
            return false;
        }

        // Seven digits are 100 ns, which is all that is kept.
        var unit = TimeSpan.TicksPerSecond;
        foreach (var digit in rest.Slice(1, Math.Min(length, 7)))
        {
            unit /= 10;
            fraction += (digit - '0') * unit;
        }

        rest = rest[(length + 1)..];
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<byte> rest, out int minutes)
    {
        minutes = 0;
        if (rest is [(byte)'Z' or (byte)'z'])
        {
            return true;
        }

        if (rest.Length != 6 || rest[0] is not ((byte)'+' or (byte)'-') || rest[3] != ':' || !TryNumber(rest[1..3], 23, out var hour) || !TryNumber(rest[4..], 59, out var minute))
        {
            return false;
        }

        minutes = ((hour * 60) + minute) * (rest[0] == '-' ? -1 : 1);
        return true;
    }
}
