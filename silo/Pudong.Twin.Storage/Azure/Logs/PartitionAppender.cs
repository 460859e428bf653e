using System.Buffers;
using Azure;
using Microsoft.Extensions.Logging;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Storage.Logs;

namespace Pudong.Twin.Storage.Azure.Logs;

/// <summary>Puts a block at the end of a partition that other silos append to as well. One caller at a time.</summary>
/// <remarks>
/// A block is appended on the condition that the segment ends where we think. When the condition is refused, or no answer comes, the place is read: our block is known
/// by its writer and sequence, so a repetition never stores it twice, and behind another's block ours is numbered anew.
/// </remarks>
/// <param name="store">The partition's segments.</param>
/// <param name="tail">The partition's end.</param>
/// <param name="writer">This log instance.</param>
/// <param name="options">Checked before.</param>
/// <param name="clock">Measures how long an append is tried.</param>
/// <param name="logger">Is told when an append is tried again.</param>
internal sealed partial class PartitionAppender(
    SegmentStore store, PartitionTail tail, Guid writer, AzureEventLogOptions options, TimeProvider clock, ILogger logger)
{
    private long _sequence;

    /// <summary>Appends batches as one block.</summary>
    /// <param name="batches">The batches in order.</param>
    /// <param name="cancellationToken">Ends the attempts; whether the block was appended is then unknown.</param>
    /// <returns>The position of the first event.</returns>
    /// <exception cref="EventLogException">The block may or may not have been appended, as the kind of exception says.</exception>
    public async Task<LogPosition> Append(IReadOnlyList<EventBatch> batches, CancellationToken cancellationToken)
    {
        var length = batches.Sum(batch => batch.Bytes.Length);
        var buffer = ArrayPool<byte>.Shared.Rent(length + StoredBlock.Overhead);
        try
        {
            var target = buffer.AsMemory(LogBlockHeader.Size);
            foreach (var batch in batches)
            {
                batch.Bytes.CopyTo(target);
                target = target[batch.Bytes.Length..];
            }

            return await Append(new ArraySegment<byte>(buffer, 0, length + StoredBlock.Overhead), batches.Sum(batch => batch.Count), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<LogPosition> Append(ArraySegment<byte> block, int count, CancellationToken cancellationToken)
    {
        var sequence = ++_sequence;
        var started = clock.GetTimestamp();
        var unanswered = false;
        var end = tail.State ?? await tail.Follow(cancellationToken);
        for (var attempt = 0; ; attempt++)
        {
            (end, var untouched) = end.NeedsSegment ? await NextSegment(cancellationToken) : (end, null);
            var stored = Write(block, end, count, sequence);
            var fault = await store.Append(end.Segment, end.Offset, untouched, block, cancellationToken);
            if (fault is null)
            {
                tail.Advance(stored);
                return stored.Header.First;
            }

            unanswered |= AzureFaults.IsPassing(fault, cancellationToken);
            if (await Met(end, unanswered, cancellationToken) is { } met && IsOurs(met, sequence))
            {
                tail.Advance(met);
                return met.Header.First;
            }

            await Pause(fault, attempt, started, cancellationToken);
            end = await tail.Follow(cancellationToken);
        }
    }

    // The block that stands where ours was to be.
    private async Task<StoredBlock?> Met(TailState end, bool unanswered, CancellationToken cancellationToken)
    {
        var length = LogBlockHeader.Size;
        while (await store.Read(end.Segment, end.Offset, length, cancellationToken) is { } part)
        {
            if (part.Bytes.IsEmpty)
            {
                return null;
            }

            if (StoredBlock.TryRead(part.Bytes, out var block, out var needed))
            {
                return block;
            }

            if (needed <= part.Bytes.Length)
            {
                throw BlockFaults.Damaged(store, end.Segment, end.Offset, end.Head.Next);
            }

            length = needed;
        }

        // Filled, closed and trimmed by others meanwhile: whether our block was among theirs can no longer be read.
        tail.Forget();
        return unanswered
            ? throw new EventLogUnavailableException($"An append to partition {store.Partition} of the event log got no answer, and its segment {store.NameOf(end.Segment)} has been trimmed since; send the same events again.")
            : null;
    }

    private bool IsOurs(in StoredBlock block, long sequence) => block.Trailer.Writer == writer && block.Trailer.Sequence == sequence;

    private StoredBlock Write(ArraySegment<byte> block, TailState end, int count, long sequence)
    {
        var bytes = block.AsMemory(LogBlockHeader.Size, block.Count - StoredBlock.Overhead);
        var header = LogBlockHeader.Of(store.Partition, end.Head.Next, count, bytes.Span);
        var closes = end.Blocks + 1 >= options.SegmentBlocks || end.Offset + block.Count >= options.SegmentBytes;
        var trailer = new BlockTrailer(writer, sequence, end.Blocks, closes, block.Count);
        header.WriteTo(block);
        trailer.WriteTo(block.AsSpan(block.Count - BlockTrailer.Size));
        return new StoredBlock(header, trailer, bytes);
    }

    // Creates the segment behind the head and makes sure that it is the newest. A silo that was away for long might otherwise begin a
    // segment again that others have filled and trimmed; the ETag holds until its first block is in.
    private async Task<(TailState End, ETag? Untouched)> NextSegment(CancellationToken cancellationToken)
    {
        while (true)
        {
            var first = tail.State!.Head.Next;
            await store.Create(first, cancellationToken);
            var segments = await store.List(cancellationToken);
            if (segments.Count > 0 && segments[^1] is { Length: 0 } newest && newest.First == first)
            {
                tail.Enter(first);
                return (tail.State, newest.ETag);
            }

            foreach (var leftover in segments.Where(segment => segment.First == first && segment.Length == 0))
            {
                await store.Delete(leftover, cancellationToken);
            }

            var end = await tail.Follow(cancellationToken);
            if (!end.NeedsSegment)
            {
                return (end, null);
            }
        }
    }

    private async Task Pause(Exception fault, int attempt, long started, CancellationToken cancellationToken)
    {
        var passed = clock.GetElapsedTime(started);
        if (passed > TimeSpan.FromSeconds(options.RetryFor))
        {
            throw new EventLogUnavailableException($"Partition {store.Partition} of the event log could not be appended to for {passed.TotalSeconds:F0} seconds ({AzureFaults.Brief(fault)}); send the same events again.", fault);
        }

        if (AzureFaults.IsPassing(fault, cancellationToken))
        {
            LogRetried(store.Partition, AzureFaults.Brief(fault));
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(2_000, options.RetryPause << Math.Min(attempt, 8))), clock, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An append to partition {Partition} of the event log got no answer ({Reason}) and is tried again.")]
    private partial void LogRetried(int partition, string reason);
}
