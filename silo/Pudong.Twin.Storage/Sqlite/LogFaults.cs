using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Sqlite;

/// <summary>Tells faults of the file in the words of the event log's port.</summary>
internal static class LogFaults
{
    /// <summary>The fault of an operation on a partition.</summary>
    /// <param name="fault">What was thrown.</param>
    /// <param name="partition">The partition, from 0.</param>
    /// <param name="position">Where in the partition it happened.</param>
    public static Exception Of(Exception fault, int partition, LogPosition position) => fault is not SqliteStoreException store ? fault : store.Fault switch
    {
        SqliteFault.Damaged => new EventLogDamagedException($"Partition {partition} cannot be used at position {position}: {store.Message}", store),
        _ => Of(store),
    };

    /// <summary>The fault of opening the log.</summary>
    /// <param name="store">What was thrown.</param>
    public static EventLogException Of(SqliteStoreException store) => store.Fault switch
    {
        SqliteFault.Damaged => new EventLogDamagedException(store.Message, store),
        SqliteFault.Mismatch => new EventLogMismatchException(store.Message, store),
        _ => new EventLogUnavailableException(store.Message, store),
    };

    /// <summary>Says that a block is not what was written.</summary>
    /// <param name="partition">The partition, from 0.</param>
    /// <param name="position">Where in the partition.</param>
    /// <param name="path">The file.</param>
    /// <param name="what">What is wrong with the block there.</param>
    public static EventLogDamagedException Damaged(int partition, LogPosition position, string path, string what) =>
        new($"Partition {partition} is damaged at position {position} in '{path}': {what}; restore the file from a backup.");
}
