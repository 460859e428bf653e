using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Azure.Logs;

/// <summary>Where a partition ends.</summary>
/// <param name="Segment">The newest segment, or the one to be created when there is none.</param>
/// <param name="Offset">Where its next block begins, in bytes; 0 when it is empty or not there yet.</param>
/// <param name="Blocks">How many blocks it has.</param>
/// <param name="Closed">Whether its last block closes it, so that the next block goes into a new segment.</param>
/// <param name="Head">The newest event of the partition.</param>
internal sealed record TailState(LogPosition Segment, long Offset, int Blocks, bool Closed, LogPosition Head)
{
    /// <summary>Whether the next block is the first of its segment, which may have to be created.</summary>
    public bool NeedsSegment => Closed || Offset == 0;

    /// <summary>The end of a partition whose newest segment has no block yet.</summary>
    /// <param name="segment">The segment's first position.</param>
    public static TailState Empty(LogPosition segment) => new(segment, 0, 0, false, segment.Previous);

    /// <summary>The end behind a block that follows this one in the same segment.</summary>
    /// <param name="block">The block.</param>
    public TailState After(in StoredBlock block) => this with
    {
        Offset = Offset + block.Size,
        Blocks = Blocks + 1,
        Closed = block.Trailer.Closes,
        Head = block.Last,
    };
}

/// <summary>Finds the end of a partition and follows it while other silos append. One caller at a time.</summary>
/// <param name="store">The partition's segments.</param>
/// <param name="recent">Is told each block that is met.</param>
internal sealed class PartitionTail(SegmentStore store, RecentBlocks recent)
{
    private const int FollowBytes = 1_024 * 1_024;
    private const int JumpBytes = 8 * 1_024 * 1_024;
    private const int LastBlockGuess = 64 * 1_024;

    private LogPosition _knownHead;

    /// <summary>The end as it was last seen; null when it has to be looked for.</summary>
    public TailState? State { get; private set; }

    /// <summary>Forgets the end, so that it is looked for anew.</summary>
    public void Forget() => State = null;

    /// <summary>Goes on behind a block of our own.</summary>
    /// <param name="block">The block, as it was stored.</param>
    public void Advance(in StoredBlock block)
    {
        Set(State!.After(block));
        recent.Add(block);
    }

    /// <summary>Takes an empty segment, which was found to be the newest, as the end.</summary>
    /// <param name="segment">The segment.</param>
    public void Enter(LogPosition segment) => Set(TailState.Empty(segment));

    /// <summary>Brings the end up to date with what all silos have appended.</summary>
    /// <exception cref="EventLogDamagedException">A block is damaged, or the partition ends before an event it had.</exception>
    public async Task<TailState> Follow(CancellationToken cancellationToken)
    {
        while (State is { NeedsSegment: false } || await Find(cancellationToken))
        {
            var from = State!;
            if (await store.Read(from.Segment, from.Offset, FollowBytes, cancellationToken) is not { } part)
            {
                // Trimmed while this process did not look.
                Forget();
                continue;
            }

            if (part.Length < from.Offset)
            {
                throw Lost(from.Segment, part.Length);
            }

            await Take(part.Bytes, cancellationToken);
            if (State is null || part.Length - State.Offset > JumpBytes)
            {
                Forget();
            }
            else if (!State.Closed && State.Offset >= part.Length)
            {
                break;
            }
        }

        return State!;
    }

    // Goes on block by block over bytes that begin where the end is.
    private async Task Take(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty && State is { Closed: false } at)
        {
            if (StoredBlock.TryRead(bytes, out var block, out var needed))
            {
                Check(block, at);
                Advance(block);
                bytes = bytes[block.Size..];
                continue;
            }

            // Either the block was read in part only, or it is none.
            if (needed == 0)
            {
                throw BlockFaults.Damaged(store, at.Segment, at.Offset, at.Head.Next);
            }

            bytes = await Whole(at, needed, cancellationToken);
        }
    }

    private async Task<ReadOnlyMemory<byte>> Whole(TailState at, int needed, CancellationToken cancellationToken)
    {
        if (await store.Read(at.Segment, at.Offset, Math.Max(needed, FollowBytes), cancellationToken) is not { } part)
        {
            // Trimmed meanwhile.
            Forget();
            return default;
        }

        return part.Bytes.Length >= needed ? part.Bytes : throw BlockFaults.Damaged(store, at.Segment, at.Offset, at.Head.Next);
    }

    // Looks for the newest segment; true when it is to be read on from the known end.
    private async Task<bool> Find(CancellationToken cancellationToken)
    {
        var segments = await store.List(cancellationToken);
        if (segments.Count == 0)
        {
            Set(TailState.Empty(LogPosition.Start.Next));
            return false;
        }

        var newest = segments[^1];
        if (State is { } state && newest.First == state.Segment)
        {
            return !state.Closed && newest.Length > 0;
        }

        if (newest.First == State?.Head.Next)
        {
            Enter(newest.First);
            return newest.Length > 0;
        }

        Set(newest.Length == 0 ? TailState.Empty(newest.First) : await FromLastBlock(newest, cancellationToken));
        return false;
    }

    private async Task<TailState> FromLastBlock(Segment segment, CancellationToken cancellationToken)
    {
        var (bytes, start) = await End(segment, LastBlockGuess, cancellationToken);
        if (bytes.Length < BlockTrailer.Size || !BlockTrailer.TryRead(bytes.Span[^BlockTrailer.Size..], out var trailer))
        {
            throw BlockFaults.Damaged(store, segment.First, segment.Length, null);
        }

        if (trailer.BlockSize > bytes.Length && trailer.BlockSize <= segment.Length)
        {
            (bytes, start) = await End(segment, trailer.BlockSize, cancellationToken);
        }

        var offset = segment.Length - trailer.BlockSize;
        if (offset < start || !StoredBlock.TryRead(bytes[(int)(offset - start)..], out var block, out _))
        {
            throw BlockFaults.Damaged(store, segment.First, Math.Max(0, offset), null);
        }

        recent.Add(block);
        return new TailState(segment.First, segment.Length, trailer.Ordinal + 1, trailer.Closes, block.Last);
    }

    private async Task<(ReadOnlyMemory<byte> Bytes, long Start)> End(Segment segment, int length, CancellationToken cancellationToken)
    {
        var start = Math.Max(0, segment.Length - length);
        var part = await store.Read(segment.First, start, (int)(segment.Length - start), cancellationToken);
        return (part?.Bytes ?? default, start);
    }

    private void Check(in StoredBlock block, TailState at)
    {
        if (block.Header.Partition != store.Partition || block.Header.First != at.Head.Next || block.Trailer.Ordinal != at.Blocks)
        {
            throw BlockFaults.Misplaced(store, at.Segment, at.Offset, at.Head.Next, block);
        }
    }

    // Acknowledged positions are never given out twice, whatever the storage forgets.
    private void Set(TailState state)
    {
        if (state.Head < _knownHead)
        {
            throw Lost(state.Segment, state.Offset);
        }

        State = state;
        _knownHead = state.Head;
    }

    private EventLogDamagedException Lost(LogPosition segment, long length) =>
        new($"Partition {store.Partition} of the event log had event {_knownHead}, and its newest segment {store.NameOf(segment)} now ends before it, at byte {length}: the storage has lost accepted events; restore the container, or restart the silos to go on without them.");
}
