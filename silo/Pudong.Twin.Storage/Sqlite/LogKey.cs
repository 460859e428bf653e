using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Storage.Sqlite;

/// <summary>The row id of a block: partition and first position in one number, so that a partition is one range of the table.</summary>
/// <remarks>12 bits of partition and 51 bits of position: at a million events a second a partition lasts 71 years.</remarks>
internal static class LogKey
{
    private const int PositionBits = 51;

    /// <summary>The row id of a block.</summary>
    /// <param name="partition">From 0 to 4,095.</param>
    /// <param name="first">The block's first position.</param>
    public static long Of(int partition, LogPosition first) => ((long)partition << PositionBits) | first.Value;

    /// <summary>The row id behind all of a partition.</summary>
    /// <param name="partition">From 0 to 4,095.</param>
    public static long End(int partition) => ((long)partition << PositionBits) | ((1L << PositionBits) - 1);

    /// <summary>The first position of a block.</summary>
    /// <param name="id">Its row id.</param>
    public static LogPosition First(long id) => new(id & ((1L << PositionBits) - 1));

    /// <summary>A position that is safe to make a key of.</summary>
    /// <param name="position">Any position.</param>
    public static LogPosition Clamp(LogPosition position) => new(Math.Clamp(position.Value, 0, (1L << PositionBits) - 1));
}
