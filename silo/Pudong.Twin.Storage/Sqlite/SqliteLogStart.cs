using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Sqlite;

/// <summary>Finds out at start what each partition holds, and checks its newest blocks within a bound; older ones are checked whenever they are read.</summary>
internal static class SqliteLogStart
{
    /// <summary>Looks at a partition.</summary>
    /// <param name="session">A connection that reads.</param>
    /// <param name="partition">The partition, from 0.</param>
    /// <param name="bytes">How many bytes of its newest blocks to check, at most.</param>
    public static SqliteLogPartition Look(SqliteSession session, int partition, int bytes)
    {
        var extent = new LogExtent(LogPosition.Start.Next, LogPosition.Start);
        try
        {
            extent = ExtentOf(session, partition);
            Check(session, partition, extent, bytes);
            return new SqliteLogPartition(extent, null);
        }
        catch (SqliteStoreException fault) when (fault.Fault == SqliteFault.Damaged)
        {
            return new SqliteLogPartition(extent, LogFaults.Of(fault, partition, extent.Head).Message);
        }
        catch (EventLogDamagedException fault)
        {
            return new SqliteLogPartition(extent, fault.Message);
        }
    }

    private static LogExtent ExtentOf(SqliteSession session, int partition)
    {
        var tail = BlockReader.TailOf(session, partition);
        var newest = BlockReader.Find(session, partition, LogKey.First(LogKey.End(partition)));
        return new LogExtent(tail, newest?.Last ?? tail.Previous);
    }

    private static void Check(SqliteSession session, int partition, LogExtent extent, int bytes)
    {
        var from = extent.Head;
        while (bytes > 0 && from >= extent.Tail)
        {
            // Blocks are checked from the newest back: the end is where a crash or a dying disk leaves its mark.
            var block = BlockReader.Find(session, partition, from) ?? throw LogFaults.Damaged(partition, from, session.Path, "the block is missing");
            if (block.Last != from)
            {
                throw LogFaults.Damaged(partition, block.Last.Next, session.Path, $"events up to {from} are missing");
            }

            var (blocks, fault) = BlockReader.Read(session, partition, block.First, 1);
            if (fault is not null)
            {
                throw fault;
            }

            bytes -= blocks[0].Bytes.Length;
            from = block.First.Previous;
        }
    }
}
