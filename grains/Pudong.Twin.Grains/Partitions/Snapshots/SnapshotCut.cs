using System.Collections.Immutable;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Tables;

namespace Pudong.Twin.Grains.Partitions.Snapshots;

/// <summary>All that a partition is at a position, taken between two batches; since states are immutable, taking it copies nothing large.</summary>
/// <param name="Position">The position.</param>
/// <param name="Table">The elements and the package in force.</param>
/// <param name="Marks">The marks by causing partition.</param>
/// <param name="Quarantine">The events in quarantine.</param>
/// <param name="At">When it was taken, in Unix milliseconds.</param>
internal sealed record SnapshotCut(
    LogPosition Position, ElementTableVersion Table, ImmutableArray<Cause> Marks, ImmutableArray<QuarantineEntry> Quarantine, long At);
