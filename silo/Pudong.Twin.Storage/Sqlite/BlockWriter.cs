using System.Buffers;
using System.Runtime.InteropServices;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Storage.Logs;

namespace Pudong.Twin.Storage.Sqlite;

/// <summary>Writes appends as blocks; small neighbours become one, since a row each would cost more than their bytes.</summary>
internal static class BlockWriter
{
    private const string Insert = "INSERT INTO log_block(id, count, checksum, bytes) VALUES (?, ?, ?, ?)";

    /// <summary>Writes appends in order and tells each where it stands.</summary>
    /// <param name="session">The connection, in a transaction.</param>
    /// <param name="partition">The partition, from 0.</param>
    /// <param name="head">The newest event before them.</param>
    /// <param name="appends">What to write.</param>
    /// <param name="blockSize">The size up to which neighbours become one block, in bytes.</param>
    /// <returns>The newest event after them.</returns>
    public static LogPosition Write(SqliteSession session, int partition, LogPosition head, List<PendingAppend> appends, int blockSize)
    {
        var rest = CollectionsMarshal.AsSpan(appends);
        while (!rest.IsEmpty)
        {
            var together = Together(rest, blockSize, out var length);
            head = together == 1
                ? Write(session, partition, head, rest[0])
                : Write(session, partition, head, rest[..together], length);
            rest = rest[together..];
        }

        return head;
    }

    private static int Together(ReadOnlySpan<PendingAppend> appends, int blockSize, out int length)
    {
        var count = 1;
        length = appends[0].Batch.Bytes.Length;
        while (count < appends.Length && appends[count].Batch.Bytes.Length <= blockSize - length)
        {
            length += appends[count++].Batch.Bytes.Length;
        }

        return count;
    }

    private static LogPosition Write(SqliteSession session, int partition, LogPosition head, PendingAppend append)
    {
        append.First = head.Next;
        return Write(session, partition, head.Next, append.Batch.Count, append.Batch.Bytes.Span);
    }

    private static LogPosition Write(SqliteSession session, int partition, LogPosition head, ReadOnlySpan<PendingAppend> appends, int length)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        var (filled, count) = (0, 0);
        foreach (var append in appends)
        {
            append.First = head.Next + count;
            append.Batch.Bytes.Span.CopyTo(buffer.AsSpan(filled));
            filled += append.Batch.Bytes.Length;
            count += append.Batch.Count;
        }

        var last = Write(session, partition, head.Next, count, buffer.AsSpan(0, filled));
        ArrayPool<byte>.Shared.Return(buffer);
        return last;
    }

    private static LogPosition Write(SqliteSession session, int partition, LogPosition first, int count, ReadOnlySpan<byte> bytes)
    {
        var checksum = LogBlockHeader.ChecksumOf(partition, first, count, bytes);
        session[Insert].Bind(1, LogKey.Of(partition, first)).Bind(2, count).Bind(3, unchecked((long)checksum)).Bind(4, bytes).Run();
        return first + (count - 1);
    }
}
