using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Azure.Logs;

/// <summary>One partition of the log: its queue, its end, its readers and those who wait for events.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim whose wait handle nobody takes has nothing to dispose, and disposing it would strand those who wait.")]
internal sealed class PartitionLog
{
    private readonly SegmentStore _store;
    private readonly AzureEventLogOptions _options;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _stopping;
    private readonly RecentBlocks _recent;
    private readonly PartitionTail _tail;
    private readonly PartitionAppender _appender;
    private readonly PartitionReader _reader;
    private readonly AppendQueue _queue;
    // Whoever looks at or moves the end holds the turn.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _lock = new();
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LogPosition _head;
    private long? _confirmed;
    private long? _polled;

    /// <summary>Makes a partition; nothing is read yet.</summary>
    /// <param name="store">Its segments.</param>
    /// <param name="writer">This log instance.</param>
    /// <param name="options">Checked before.</param>
    /// <param name="clock">Measures polling and retrying.</param>
    /// <param name="logger">For the appender.</param>
    /// <param name="stopping">Ends appending.</param>
    public PartitionLog(SegmentStore store, Guid writer, AzureEventLogOptions options, TimeProvider clock, ILogger logger, CancellationToken stopping)
    {
        (_store, _options, _clock, _stopping) = (store, options, clock, stopping);
        _recent = new RecentBlocks(options.RecentBytes);
        _tail = new PartitionTail(store, _recent);
        _appender = new PartitionAppender(store, _tail, writer, options, clock, logger);
        _reader = new PartitionReader(store, _recent);
        _queue = new AppendQueue(options.BlockBytes);
    }

    /// <summary>Appends a batch together with others that wait.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>The position of its first event.</returns>
    public Task<LogPosition> Append(EventBatch batch)
    {
        var waiting = new AppendQueue.Waiting(batch);
        if (_queue.Add(waiting))
        {
            _ = Task.Run(Empty, CancellationToken.None);
        }

        return waiting.Task;
    }

    /// <summary>Reads to what is the head now.</summary>
    /// <param name="from">The first event wanted.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<EventBlock> Read(LogPosition from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var asked = _clock.GetTimestamp();
        var next = from < LogPosition.Start.Next ? LogPosition.Start.Next : from;
        // What is in memory first, but not what comes while this is read, or a busy partition would never end.
        _ = Grown(LogPosition.Start, out var known);
        while (next <= known && _recent.Find(next) is { } block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return block;
            next = block.Last.Next;
        }

        var head = await Refresh(asked, cancellationToken);
        await foreach (var block in _reader.Read(next, head, cancellationToken))
        {
            yield return block;
        }
    }

    /// <summary>The positions the partition holds now.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<LogExtent> Extent(CancellationToken cancellationToken)
    {
        var head = await Refresh(_clock.GetTimestamp(), cancellationToken);
        return new LogExtent(await _reader.Tail(head, cancellationToken), head);
    }

    /// <summary>Waits for an event behind a position.</summary>
    /// <param name="after">The last position known.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The head as it is known then.</returns>
    public async Task<LogPosition> WaitForAppend(LogPosition after, CancellationToken cancellationToken)
    {
        while (true)
        {
            var grown = Grown(after, out var head);
            if (grown is null)
            {
                return head;
            }

            var pause = UntilPoll();
            if (pause > TimeSpan.Zero)
            {
                await OneOf(grown, pause, cancellationToken);
            }
            else
            {
                await Poll(cancellationToken);
            }
        }
    }

    /// <summary>Deletes the segments that lie wholly before a position.</summary>
    /// <param name="before">The first event to be kept.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task Trim(LogPosition before, CancellationToken cancellationToken) => _reader.Trim(before, cancellationToken);

    // Appends what waits, block by block, until nothing does.
    private async Task Empty()
    {
        for (var group = _queue.Take(); group.Count > 0; group = _queue.Take())
        {
            try
            {
                var first = await Store(group);
                foreach (var waiting in group)
                {
                    waiting.SetResult(first);
                    first += waiting.Batch.Count;
                }
            }
            catch (Exception fault)
            {
                // What waits behind would fail alike, each block after its own time-out.
                foreach (var waiting in group.Concat(_queue.TakeAll()))
                {
                    waiting.SetException(fault);
                }
            }
        }
    }

    private async Task<LogPosition> Store(List<AppendQueue.Waiting> group)
    {
        await _turn.WaitAsync(_stopping);
        try
        {
            var started = _clock.GetTimestamp();
            var first = await _appender.Append(group.ConvertAll(waiting => waiting.Batch), _stopping);
            Confirm(started);
            return first;
        }
        finally
        {
            _turn.Release();
        }
    }

    // The head as of a moment or later. Whoever waited for the turn while somebody else found it out asks nothing.
    private async Task<LogPosition> Refresh(long asked, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_confirmed is not { } confirmed || confirmed < asked)
            {
                var started = _clock.GetTimestamp();
                await _tail.Follow(cancellationToken);
                Confirm(started);
            }

            return _head;
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Confirm(long started)
    {
        lock (_lock)
        {
            _confirmed = started;
            if (_tail.State!.Head > _head)
            {
                _head = _tail.State.Head;
                _grown.SetResult();
                _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private Task? Grown(LogPosition after, out LogPosition head)
    {
        lock (_lock)
        {
            head = _head;
            return head > after ? null : _grown.Task;
        }
    }

    private TimeSpan UntilPoll()
    {
        lock (_lock)
        {
            // A failed poll counts too, so that a storage that does not answer is not asked more often than one that does.
            return (_confirmed, _polled) is (null, null)
                ? TimeSpan.Zero
                : TimeSpan.FromMilliseconds(_options.PollInterval) - _clock.GetElapsedTime(Math.Max(_confirmed ?? long.MinValue, _polled ?? long.MinValue));
        }
    }

    private async Task Poll(CancellationToken cancellationToken)
    {
        var now = _clock.GetTimestamp();
        lock (_lock)
        {
            _polled = now;
        }

        await Refresh(now, cancellationToken);
    }

    private async Task OneOf(Task grown, TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await grown.WaitAsync(pause, _clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Time to ask the storage.
        }
    }
}
