using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Storage.Sqlite;

/// <summary>Deletes the oldest blocks of a partition, a few in each transaction, so that appends pass between them.</summary>
internal static class LogTrim
{
    /// <summary>Blocks deleted in one transaction: SQLite visits every page it frees.</summary>
    private const int BlocksAtATime = 64;

    private const string OldBlocks = "SELECT id, count FROM log_block WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?";
    private const string Delete = "DELETE FROM log_block WHERE id BETWEEN ? AND ?";
    private const string KeepTail = "INSERT INTO log_partition(partition, tail) VALUES (?, ?) ON CONFLICT DO UPDATE SET tail = excluded.tail";

    /// <summary>Deletes some blocks that lie wholly before a position.</summary>
    /// <param name="session">The connection, in a transaction.</param>
    /// <param name="partition">The partition, from 0.</param>
    /// <param name="before">The first event to be kept, at most the head's successor.</param>
    /// <returns>The new tail, and whether there is more to delete.</returns>
    public static (LogPosition Tail, bool More) Step(SqliteSession session, int partition, LogPosition before)
    {
        var tail = BlockReader.TailOf(session, partition);
        var (deleted, last) = (0, tail);
        using (var blocks = session[OldBlocks].Bind(1, LogKey.Of(partition, LogPosition.Start)).Bind(2, LogKey.Of(partition, before)).Bind(3, BlocksAtATime))
        {
            while (blocks.Step() && LogKey.First(blocks.Int64(0)) + blocks.Int32(1) <= before)
            {
                last = LogKey.First(blocks.Int64(0)) + blocks.Int32(1);
                deleted++;
            }
        }

        if (deleted == 0)
        {
            return (tail, false);
        }

        session[Delete].Bind(1, LogKey.Of(partition, LogPosition.Start)).Bind(2, LogKey.Of(partition, last.Previous)).Run();
        session[KeepTail].Bind(1, partition).Bind(2, last.Value).Run();
        return (last, deleted == BlocksAtATime);
    }
}
