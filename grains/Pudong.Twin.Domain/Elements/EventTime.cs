namespace Pudong.Twin.Domain.Elements;

/// <summary>Event times, which are kept in Unix milliseconds, as the ticks that expressions reckon in.</summary>
internal static class EventTime
{
    /// <summary>UTC ticks of 100 ns.</summary>
    /// <param name="milliseconds">Unix milliseconds.</param>
    public static long TicksOf(long milliseconds) => DateTime.UnixEpoch.Ticks + (milliseconds * TimeSpan.TicksPerMillisecond);
}
