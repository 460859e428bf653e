using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Storage.Logs;

namespace Pudong.Twin.Storage.Sqlite;

/// <summary>Reads blocks of one partition from one picture of the file and checks each.</summary>
internal static class BlockReader
{
    private const string FindBlock = "SELECT id, count FROM log_block WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1";
    private const string ReadBlocks = "SELECT id, count, checksum, bytes FROM log_block WHERE id BETWEEN ? AND ? ORDER BY id";
    private const string ReadTail = "SELECT tail FROM log_partition WHERE partition = ?";

    /// <summary>Reads some blocks.</summary>
    /// <param name="session">A connection that reads.</param>
    /// <param name="partition">The partition, from 0.</param>
    /// <param name="from">The first event wanted, 1 or more, at or before the head.</param>
    /// <param name="bytes">After so many bytes it stops.</param>
    /// <returns>The blocks, the first of which holds <paramref name="from"/>, and the fault that ended the reading, if one did.</returns>
    public static (List<EventBlock> Blocks, EventLogException? Fault) Read(SqliteSession session, int partition, LogPosition from, int bytes)
    {
        var blocks = new List<EventBlock>();
        try
        {
            Read(session, partition, StartOf(session, partition, from), bytes, blocks);
            return (blocks, null);
        }
        catch (EventLogException fault)
        {
            return (blocks, fault);
        }
        catch (SqliteStoreException fault)
        {
            var at = blocks.Count == 0 ? from : blocks[^1].Last.Next;
            return (blocks, (EventLogException)LogFaults.Of(fault, partition, at));
        }
    }

    /// <summary>The oldest event that a partition keeps, as the file says.</summary>
    /// <param name="session">A connection that reads.</param>
    /// <param name="partition">The partition, from 0.</param>
    public static LogPosition TailOf(SqliteSession session, int partition)
    {
        using var tail = session[ReadTail].Bind(1, partition);
        return tail.Step() ? new LogPosition(tail.Int64(0)) : LogPosition.Start.Next;
    }

    /// <summary>The block with the highest first position up to a place, without its bytes.</summary>
    /// <param name="session">A connection that reads.</param>
    /// <param name="partition">The partition, from 0.</param>
    /// <param name="upTo">The place.</param>
    /// <returns>Its first and its last position, or null when there is none.</returns>
    public static (LogPosition First, LogPosition Last)? Find(SqliteSession session, int partition, LogPosition upTo)
    {
        using var find = session[FindBlock].Bind(1, LogKey.Of(partition, LogPosition.Start)).Bind(2, LogKey.Of(partition, LogKey.Clamp(upTo)));
        if (!find.Step())
        {
            return null;
        }

        var first = LogKey.First(find.Int64(0));
        return (first, first + (find.Int32(1) - 1));
    }

    private static LogPosition StartOf(SqliteSession session, int partition, LogPosition from)
    {
        if (Find(session, partition, from) is { } block && block.Last >= from)
        {
            return block.First;
        }

        var tail = TailOf(session, partition);
        throw from < tail
            ? new EventLogTrimmedException($"Partition {partition} keeps events from position {tail} on; position {from} has been trimmed away.")
            : LogFaults.Damaged(partition, from, session.Path, "the block is missing");
    }

    private static void Read(SqliteSession session, int partition, LogPosition next, int bytes, List<EventBlock> blocks)
    {
        using var rows = session[ReadBlocks].Bind(1, LogKey.Of(partition, next)).Bind(2, LogKey.End(partition));
        while (bytes > 0 && rows.Step())
        {
            var block = new EventBlock(partition, LogKey.First(rows.Int64(0)), rows.Int32(1), Copy(rows.Blob(3)));
            Check(session, block, next, unchecked((ulong)rows.Int64(2)));
            blocks.Add(block);
            next = block.Last.Next;
            bytes -= block.Bytes.Length;
        }
    }

    private static void Check(SqliteSession session, EventBlock block, LogPosition expected, ulong checksum)
    {
        if (block.First != expected)
        {
            throw LogFaults.Damaged(block.Partition, expected, session.Path, $"the next block begins at {block.First}");
        }

        if (LogBlockHeader.ChecksumOf(block.Partition, block.First, block.Count, block.Bytes.AsSpan()) != checksum)
        {
            throw LogFaults.Damaged(block.Partition, block.First, session.Path, "the checksum of the block is wrong");
        }
    }

    private static ImmutableArray<byte> Copy(ReadOnlySpan<byte> bytes)
    {
        var copy = GC.AllocateUninitializedArray<byte>(bytes.Length);
        bytes.CopyTo(copy);
        return ImmutableCollectionsMarshal.AsImmutableArray(copy);
    }
}
