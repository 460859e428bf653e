using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Grains.Events;

/// <summary>The truth of the twin: one ordered, durable, append-only sequence of events for each partition.</summary>
/// <remarks>
/// The log does not know what an event means; it keeps bytes. <em>Accepted</em> means that <see cref="Append"/> has returned. All members are safe to call
/// from many threads, and from several silos at once where the adapter stores in a shared place. Faults of the storage are thrown as
/// <see cref="EventLogException"/> and its kin; nothing is retried silently for longer than the adapter's options say, and nothing is ever skipped.
/// A partition that is not there is refused with <see cref="ArgumentOutOfRangeException"/>; a log that has been closed throws <see cref="ObjectDisposedException"/>.
/// </remarks>
public interface IEventLog
{
    /// <summary>The number of partitions, fixed when the log was created; they are numbered from 0.</summary>
    int Partitions { get; }

    /// <summary>Appends a batch to a partition; its events stand side by side, in order.</summary>
    /// <param name="partition">From 0 to <see cref="Partitions"/> less one.</param>
    /// <param name="batch">At least one event.</param>
    /// <param name="cancellationToken">Stops waiting; whether the batch was appended is then unknown.</param>
    /// <returns>The position of the batch's first event; the others follow without gap. When it is returned, the batch is durable as the adapter's options say.</returns>
    /// <exception cref="EventLogUnavailableException">The storage did not answer; the batch may or may not have been appended, so send the same events again.</exception>
    /// <exception cref="EventLogBusyException">Too many appends are waiting; the batch was not appended.</exception>
    /// <exception cref="EventLogDamagedException">The partition's stored data contradicts itself.</exception>
    ValueTask<LogPosition> Append(int partition, EventBatch batch, CancellationToken cancellationToken = default);

    /// <summary>Reads a partition from a position to what was its head when the reading began, or further.</summary>
    /// <param name="partition">From 0 to <see cref="Partitions"/> less one.</param>
    /// <param name="from">The first event wanted; <see cref="LogPosition.Start"/> means the first ever. The first block holds it and may begin before it.</param>
    /// <param name="cancellationToken">Ends the reading between two blocks.</param>
    /// <returns>Blocks in order, without gap between them; none when <paramref name="from"/> lies behind the head.</returns>
    /// <exception cref="EventLogTrimmedException"><paramref name="from"/> lies before the oldest event that is kept.</exception>
    /// <exception cref="EventLogUnavailableException">The storage did not answer.</exception>
    /// <exception cref="EventLogDamagedException">A block's checksum or number is wrong; the blocks before it have been returned.</exception>
    IAsyncEnumerable<EventBlock> Read(int partition, LogPosition from, CancellationToken cancellationToken = default);

    /// <summary>The positions a partition holds now, appends of other silos included.</summary>
    /// <param name="partition">From 0 to <see cref="Partitions"/> less one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask<LogExtent> Extent(int partition, CancellationToken cancellationToken = default);

    /// <summary>Waits until a partition holds an event behind a position.</summary>
    /// <param name="partition">From 0 to <see cref="Partitions"/> less one.</param>
    /// <param name="after">The last position the caller knows.</param>
    /// <param name="cancellationToken">Ends the waiting with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The head as it is known then. An append of this process is known at once, one of another silo within the adapter's polling interval.</returns>
    ValueTask<LogPosition> WaitForAppend(int partition, LogPosition after, CancellationToken cancellationToken = default);

    /// <summary>Gives up events that no snapshot needs any more. How many of them really go is the adapter's choice; it keeps whole blocks or segments.</summary>
    /// <param name="partition">From 0 to <see cref="Partitions"/> less one.</param>
    /// <param name="before">The first event to be kept; a position behind the head keeps the head's successor.</param>
    /// <param name="cancellationToken">Stops waiting; trimming is harmless to repeat.</param>
    ValueTask Trim(int partition, LogPosition before, CancellationToken cancellationToken = default);
}

/// <summary>Which positions a partition of the log holds.</summary>
/// <param name="Tail">The oldest event that is kept; the successor of <paramref name="Head"/> when there is none.</param>
/// <param name="Head">The newest event; <see cref="LogPosition.Start"/> when there has never been one.</param>
public readonly record struct LogExtent(LogPosition Tail, LogPosition Head);
