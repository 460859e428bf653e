using System.Runtime.CompilerServices;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Azure.Logs;

/// <summary>Reads and trims a partition's segments. Safe to use from many threads.</summary>
/// <param name="store">The segments.</param>
/// <param name="recent">Blocks that need not be read.</param>
internal sealed class PartitionReader(SegmentStore store, RecentBlocks recent)
{
    private const int PartBytes = 4 * 1_024 * 1_024;

    private readonly SegmentMarks _marks = new();

    /// <summary>Reads blocks in order and without gap.</summary>
    /// <param name="from">The first event wanted.</param>
    /// <param name="head">The last event wanted, which is known to be there.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<EventBlock> Read(LogPosition from, LogPosition head, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = from;
        SegmentCursor? cursor = null;
        while (next <= head)
        {
            if (recent.Find(next) is { } known)
            {
                yield return known;
                next = known.Last.Next;
                cursor = null;
                continue;
            }

            cursor ??= await Seek(next, cancellationToken);
            if (cursor.Closed)
            {
                cursor = await SeekBehind(cursor, cancellationToken);
            }

            var block = await Next(cursor, cancellationToken);

            if (block.Last >= next)
            {
                yield return block.ToEventBlock();
                next = block.Last.Next;
            }
        }
    }

    /// <summary>The oldest event that is kept; the head's successor when there is none.</summary>
    /// <param name="head">The newest event.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<LogPosition> Tail(LogPosition head, CancellationToken cancellationToken)
    {
        var segments = Used(await store.List(cancellationToken));
        return segments.Count == 0 ? head.Next : segments[0].First;
    }

    /// <summary>Deletes the segments that lie wholly before a position; the newest one stays, for its name keeps the numbering.</summary>
    /// <param name="before">The first event to be kept.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task Trim(LogPosition before, CancellationToken cancellationToken)
    {
        var segments = await store.List(cancellationToken);
        for (var index = 0; index < segments.Count - 1 && segments[index + 1].First <= before; index++)
        {
            await store.Delete(segments[index], cancellationToken);
            _marks.Forget(segments[index].First);
            recent.Forget(segments[index + 1].First);
        }
    }

    // What a silo that was away has begun again by mistake is empty and not the newest; it holds nothing.
    private static List<Segment> Used(List<Segment> segments) => segments.FindAll(segment => segment.Length > 0);

    private async Task<SegmentCursor> Seek(LogPosition position, CancellationToken cancellationToken)
    {
        var segments = Used(await store.List(cancellationToken));
        var index = segments.FindLastIndex(segment => segment.First <= position);
        if (index >= 0)
        {
            var (first, offset) = _marks.Before(segments[index].First, position);
            return new SegmentCursor(segments[index].First, first, offset);
        }

        throw segments.Count > 0
            ? Trimmed(position, segments[0].First)
            : BlockFaults.Missing(store, position, position);
    }

    private async Task<SegmentCursor> SeekBehind(SegmentCursor closed, CancellationToken cancellationToken)
    {
        var cursor = await Seek(closed.Expected, cancellationToken);
        return cursor.Segment == closed.Expected ? cursor : throw BlockFaults.Missing(store, closed.Expected, closed.Expected);
    }

    private async Task<StoredBlock> Next(SegmentCursor cursor, CancellationToken cancellationToken)
    {
        StoredBlock block;
        while (!StoredBlock.TryRead(cursor.Rest, out block, out var needed))
        {
            await Fill(cursor, needed, cancellationToken);
        }

        if (block.Header.Partition != store.Partition || block.Header.First != cursor.Expected)
        {
            throw BlockFaults.Misplaced(store, cursor.Segment, cursor.Offset, cursor.Expected, block);
        }

        _marks.Add(cursor.Segment, cursor.Expected, cursor.Offset);
        cursor.Pass(block);
        return block;
    }

    private async Task Fill(SegmentCursor cursor, int needed, CancellationToken cancellationToken)
    {
        if (needed == 0)
        {
            throw BlockFaults.Damaged(store, cursor.Segment, cursor.Offset, cursor.Expected);
        }

        if (await store.Read(cursor.Segment, cursor.Offset, Math.Max(needed, PartBytes), cancellationToken) is not { } part)
        {
            throw Trimmed(cursor.Expected, null);
        }

        if (part.Bytes.Length < needed)
        {
            throw BlockFaults.Missing(store, cursor.Segment, cursor.Expected);
        }

        cursor.Rest = part.Bytes;
    }

    private EventLogTrimmedException Trimmed(LogPosition position, LogPosition? oldest) =>
        new($"Position {position} of partition {store.Partition} of the event log has been trimmed away; {(oldest is { } first ? $"the oldest event kept is {first}" : "read from the oldest event that is kept")}.");

    private sealed class SegmentCursor(LogPosition segment, LogPosition expected, long offset)
    {
        public LogPosition Segment => segment;

        public LogPosition Expected { get; private set; } = expected;

        public long Offset { get; private set; } = offset;

        public bool Closed { get; private set; }

        public ReadOnlyMemory<byte> Rest { get; set; }

        public void Pass(in StoredBlock block)
        {
            Expected = block.Last.Next;
            Offset += block.Size;
            Closed = block.Trailer.Closes;
            Rest = Rest[block.Size..];
        }
    }
}
