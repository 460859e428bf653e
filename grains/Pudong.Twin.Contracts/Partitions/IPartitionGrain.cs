using System.Collections.Immutable;
using Orleans.Concurrency;
using Pudong.Twin.Contracts.Changes;
using Pudong.Twin.Contracts.Elements;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Contracts.Partitions;

/// <summary>One partition of the city: it takes its log in, in order, keeps the table of its elements, and answers for them.</summary>
/// <remarks>
/// The key is the number of the partition, from 0. All that callers use interleaves with a batch and sees the table after the last whole one. While the partition
/// recovers, calls wait for a moment and then throw <see cref="PartitionOpeningException"/>.
/// </remarks>
[Alias("pudong.partition"), GrainInterfaceType("pudong.partition")]
public interface IPartitionGrain : IGrainWithIntegerKey
{
    /// <summary>Where the partition lives; elements are placed beside it. Answers while the partition is still opening.</summary>
    [Alias("where"), AlwaysInterleave]
    ValueTask<SiloAddress> Where();

    /// <summary>The state of an element, for the element itself on waking.</summary>
    /// <param name="id">An element of this partition.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The state; that of an unknown element when nothing has happened to it.</returns>
    [Alias("state-of"), AlwaysInterleave]
    ValueTask<ElementState> StateOf(ElementId id, CancellationToken cancellationToken = default);

    /// <summary>Appends an event about an element of this partition and waits until it took effect.</summary>
    /// <param name="e">The event.</param>
    /// <param name="cancellationToken">Stops waiting; the event may still take effect.</param>
    [Alias("submit"), AlwaysInterleave]
    ValueTask<SubmitResult> Submit(TwinEvent e, CancellationToken cancellationToken = default);

    /// <summary>Waits until the partition has taken a position in.</summary>
    /// <param name="position">The position.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The position up to which the table is complete, at least the one asked for.</returns>
    [Alias("wait-for"), AlwaysInterleave]
    ValueTask<LogPosition> WaitFor(LogPosition position, CancellationToken cancellationToken = default);

    /// <summary>How the partition is doing.</summary>
    [Alias("status"), AlwaysInterleave]
    ValueTask<PartitionStatus> Status();

    /// <summary>Begins to tell an observer of changes to elements of this partition.</summary>
    /// <param name="observer">Who is told; dropped with a marker when it is too slow or gone.</param>
    /// <param name="request">What is watched.</param>
    /// <returns>The position behind which changes are told.</returns>
    [Alias("watch"), AlwaysInterleave]
    ValueTask<LogPosition> Watch(IChangeObserver observer, WatchRequest request);

    /// <summary>Ends <see cref="Watch"/>; harmless to repeat.</summary>
    /// <param name="observer">Who was told.</param>
    [Alias("unwatch"), AlwaysInterleave]
    ValueTask Unwatch(IChangeObserver observer);

    /// <summary>Lists events that could not be applied, oldest first.</summary>
    /// <param name="after">Where the last list ended; <see cref="LogPosition.Start"/> for the first.</param>
    /// <param name="limit">How many at most, from 1 to 1,000.</param>
    [Alias("quarantined"), AlwaysInterleave]
    ValueTask<ImmutableArray<QuarantinedEvent>> Quarantined(LogPosition after, int limit);

    /// <summary>Sends quarantined events again, as new events with the same content, and takes them out of quarantine.</summary>
    /// <param name="positions">Where they stood in the log.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The positions that were in quarantine and were sent again.</returns>
    [Alias("resubmit"), AlwaysInterleave]
    ValueTask<ImmutableArray<LogPosition>> Resubmit(ImmutableArray<LogPosition> positions, CancellationToken cancellationToken = default);

    /// <summary>Takes events out of quarantine for good.</summary>
    /// <param name="positions">Where they stood in the log.</param>
    /// <returns>The positions that were in quarantine.</returns>
    [Alias("discard"), AlwaysInterleave]
    ValueTask<ImmutableArray<LogPosition>> Discard(ImmutableArray<LogPosition> positions);

    /// <summary>Writes a snapshot now and waits for it.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The position up to which the snapshot is complete.</returns>
    [Alias("snapshot"), AlwaysInterleave]
    ValueTask<LogPosition> Snapshot(CancellationToken cancellationToken = default);

    /// <summary>The state hash over all elements of the partition, and the position it stands for.</summary>
    [Alias("hash"), AlwaysInterleave]
    ValueTask<PartitionHash> Hash();
}

/// <summary>A partition is still recovering from its snapshot and log; try again in a moment.</summary>
/// <param name="message">One sentence that names the partition.</param>
[GenerateSerializer, Alias("pudong.partition-opening")]
public sealed class PartitionOpeningException(string message) : Exception(message);
