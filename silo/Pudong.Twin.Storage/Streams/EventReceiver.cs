using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Streams;

/// <summary>Reads one partition of the log for its agent, block by block and without gaps.</summary>
/// <remarks>
/// It begins with the block of the newest event, so that a subscriber that slept is woken and sees what it has missed. It remembers nothing beyond its own
/// life: after a move the next agent begins anew, two of them may read side by side for a while, and subscribers skip what they know.
/// </remarks>
internal sealed partial class EventReceiver(IEventLog log, int partition, EventStreamOptions options, TimeProvider time, ILogger logger) : IQueueAdapterReceiver
{
    private readonly StreamId _stream = EventStreams.Of(partition);
    private LogPosition? _next;
    private IAsyncEnumerator<EventBlock>? _reading;

    // The first reading finds the beginning: unlike this call, a reading that fails is repeated.
    public Task Initialize(TimeSpan timeout) => Task.CompletedTask;

    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken)
    {
        try
        {
            return await Next(maxCount, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The agent looks at nothing any more; thrown, this would be logged as a failed reading.
            return [];
        }
    }

    // Nothing to give back: the log keeps delivered events.
    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task Shutdown(TimeSpan timeout) => await EndReading();

    Task<IList<IBatchContainer>> IQueueAdapterReceiver.GetQueueMessagesAsync(int maxCount) => GetQueueMessagesAsync(maxCount, CancellationToken.None);

    Task IQueueAdapterReceiver.MessagesDeliveredAsync(IList<IBatchContainer> messages) => MessagesDeliveredAsync(messages, CancellationToken.None);

    private async Task<List<IBatchContainer>> Next(int maxCount, CancellationToken cancellationToken)
    {
        _next ??= await Beginning(cancellationToken);
        if (_reading is not null && await Read(maxCount, cancellationToken) is { Count: > 0 } rest)
        {
            return rest;
        }

        return await HasAppends(_next.Value, cancellationToken) ? await Read(maxCount, cancellationToken) : [];
    }

    private async Task<LogPosition> Beginning(CancellationToken cancellationToken)
    {
        var extent = await log.Extent(partition, cancellationToken);
        return extent.Head < extent.Tail ? extent.Tail : extent.Head;
    }

    private async Task<bool> HasAppends(LogPosition next, CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(options.IdleWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        try
        {
            await log.WaitForAppend(partition, next.Previous, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (idle.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    // A reading that was not used up is continued: begun anew for every few blocks, a log of tiny blocks would be read many times over.
    private async Task<List<IBatchContainer>> Read(int maxCount, CancellationToken cancellationToken)
    {
        var blocks = new List<IBatchContainer>();
        try
        {
            // The agent has one token as long as it lives, so it may end readings that span calls.
            _reading ??= log.Read(partition, _next!.Value, cancellationToken).GetAsyncEnumerator(cancellationToken);
            if (!await Take(_reading, blocks, maxCount))
            {
                await EndReading();
            }
        }
        catch (Exception fault)
        {
            await EndReading();
            if (fault is EventLogTrimmedException && blocks.Count == 0)
            {
                await SkipTrimmed(cancellationToken);
            }
            else if (blocks.Count == 0 || cancellationToken.IsCancellationRequested)
            {
                throw;
            }

            // The next reading meets the fault again; what came before it is sound and must not wait behind it.
        }

        return blocks;
    }

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> Take(IAsyncEnumerator<EventBlock> reading, List<IBatchContainer> blocks, int maxCount)
    {
        for (var bytes = 0L; blocks.Count < maxCount && bytes < options.CacheBytes; bytes += reading.Current.Bytes.Length)
        {
            if (!await reading.MoveNextAsync())
            {
                return false;
            }

            _next = After(reading.Current, _next!.Value);
            blocks.Add(new EventBlockContainer(_stream, reading.Current));
        }

        return true;
    }

    // What was trimmed is in snapshots; a subscriber that lacks it recovers from there. Waiting would end the stream for good.
    private async Task SkipTrimmed(CancellationToken cancellationToken)
    {
        var tail = (await log.Extent(partition, cancellationToken)).Tail;
        LogTrimmed(partition, _next!.Value, tail);
        _next = tail;
    }

    private async ValueTask EndReading()
    {
        if (_reading is { } reading)
        {
            _reading = null;
            await reading.DisposeAsync();
        }
    }

    private LogPosition After(EventBlock block, LogPosition next) => block.First <= next && block.Last >= next
        ? block.Last.Next
        : throw new EventLogDamagedException(
            $"The log returned events {block.First} to {block.Last} of partition {partition} where event {next} was due.");

    [LoggerMessage(
        EventId = 1, Level = LogLevel.Warning,
        Message = "Events {From} and later of partition {Partition} were trimmed before they were delivered; its stream goes on at {Tail}.")]
    private partial void LogTrimmed(int partition, LogPosition from, LogPosition tail);
}
