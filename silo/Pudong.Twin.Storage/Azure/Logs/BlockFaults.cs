using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Azure.Logs;

/// <summary>Sentences for blocks that are not what they should be.</summary>
internal static class BlockFaults
{
    /// <summary>A block is no block, or its checksum is wrong.</summary>
    /// <param name="store">The partition's segments.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="offset">Where the block begins, or the segment ends when it was looked for from there.</param>
    /// <param name="expected">The position the block should begin with, if that is known.</param>
    public static EventLogDamagedException Damaged(SegmentStore store, LogPosition segment, long offset, LogPosition? expected) =>
        new($"Partition {store.Partition} of the event log is damaged{(expected is { } first ? $" at position {first}" : " in its newest block")}: the block at byte {offset} of {store.NameOf(segment)} does not match its checksum; restore that blob from a copy.");

    /// <summary>A sound block stands where another belongs.</summary>
    /// <param name="store">The partition's segments.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="offset">Where the block begins.</param>
    /// <param name="expected">The position that belongs there.</param>
    /// <param name="found">The block that is there.</param>
    public static EventLogDamagedException Misplaced(SegmentStore store, LogPosition segment, long offset, LogPosition expected, in StoredBlock found) =>
        new($"Partition {store.Partition} of the event log is damaged at position {expected}: the block at byte {offset} of {store.NameOf(segment)} holds position {found.Header.First} of partition {found.Header.Partition}; restore that blob from a copy.");

    /// <summary>Blocks are missing between two segments or at a segment's end.</summary>
    /// <param name="store">The partition's segments.</param>
    /// <param name="segment">The segment that ends too early, or the one that should be there.</param>
    /// <param name="expected">The position that is missing.</param>
    public static EventLogDamagedException Missing(SegmentStore store, LogPosition segment, LogPosition expected) =>
        new($"Partition {store.Partition} of the event log is damaged at position {expected}: it should be in {store.NameOf(segment)} and is not; restore that blob from a copy.");
}
