using System.Buffers;
using Microsoft.Extensions.Logging;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Grains.Partitions;

/// <summary>Derived events of one partition on their way into the logs of their targets' partitions.</summary>
/// <remarks>
/// Safe for many threads. Each log gets them strictly in the order of their causes, with one append under way, repeated until it is known to have succeeded: an append
/// whose answer was lost stands there twice then, and the receiver's marks drop the second. Nothing is lost with the process either: recovery folds the events
/// behind the snapshot again, and thereby makes their effects again.
/// </remarks>
internal sealed partial class Outbox : IAsyncDisposable
{
    private readonly int _partition;
    private readonly IEventLog _log;
    private readonly PartitionOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<int, Lane> _lanes = [];
    private readonly PositionWaiters _waiters = new(int.MaxValue);
    private TaskCompletionSource? _room;
    private LogPosition _noted;
    private int _count;
    private bool _disposed;

    public Outbox(int partition, IEventLog log, PartitionOptions options, TimeProvider time, ILogger logger)
    {
        _partition = partition;
        _log = log;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>How many derived events wait.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    /// <summary>Waits while the outbox is full.</summary>
    public Task Room()
    {
        lock (_lock)
        {
            return _count < _options.OutboxLimit
                ? Task.CompletedTask
                : (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Takes a derived event in.</summary>
    /// <param name="cause">What caused it; later than that of the one before.</param>
    /// <param name="effect">The event.</param>
    /// <param name="package">The package that its ordinals belong to.</param>
    public void Add(Cause cause, DerivedEvent effect, ModelPackage package)
    {
        lock (_lock)
        {
            var target = effect.Target.Partition(_log.Partitions);
            if (!_lanes.TryGetValue(target, out var lane))
            {
                _lanes.Add(target, lane = new Lane());
            }

            lane.Waiting.Enqueue(new Entry(cause, effect, package));
            _count++;
            if (!lane.Running && !_disposed)
            {
                lane.Running = true;
                lane.Run = Task.Run(() => Run(target, lane));
            }
        }
    }

    /// <summary>Notes that all effects of events up to a position have been added.</summary>
    /// <param name="position">The position.</param>
    public void Note(LogPosition position)
    {
        lock (_lock)
        {
            _noted = position;
            _waiters.Reach(Through());
        }
    }

    /// <summary>Waits until the effects of all events up to a position stand in the logs.</summary>
    /// <param name="position">A position that was noted, or will be.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task Appended(LogPosition position, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _waiters.WaitFor(position, Through(), cancellationToken).AsTask();
        }
    }

    /// <summary>Stops; what waits stays unappended and is made again by the recovery.</summary>
    public async ValueTask DisposeAsync()
    {
        List<Task> running;
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        await _stop.CancelAsync();
        lock (_lock)
        {
            running = [.. _lanes.Values.Select(lane => lane.Run)];
        }

        await Task.WhenAll(running);
        _stop.Dispose();
    }

    private async Task Run(int target, Lane lane)
    {
        var batch = new List<Entry>();
        var writer = new EventBatch.Writer();
        var bytes = new ArrayBufferWriter<byte>(512);
        while (!_stop.IsCancellationRequested && Peek(lane, batch))
        {
            foreach (var entry in batch)
            {
                Write(entry, bytes, writer);
            }

            if (writer.Count > 0 && !await Append(target, writer.ToBatch()))
            {
                return;
            }

            Done(lane, batch.Count);
        }
    }

    private void Write(in Entry entry, ArrayBufferWriter<byte> bytes, EventBatch.Writer writer)
    {
        bytes.ResetWrittenCount();
        try
        {
            TwinEventCodec.Write(entry.Effect.ToEvent(entry.Cause), entry.Package, bytes);
            writer.Add(bytes.WrittenSpan);
        }
        catch (ArgumentException mistake)
        {
            // The kernel named what its own package does not have. All that come behind must not wait for ever.
            LogUnwritable(entry.Effect.Type, entry.Effect.Target, entry.Cause, mistake);
        }
    }

    // What is under way stays in the lane: the cut of a snapshot must not pass it.
    private bool Peek(Lane lane, List<Entry> batch)
    {
        batch.Clear();
        lock (_lock)
        {
            foreach (var entry in lane.Waiting)
            {
                if (batch.Count == _options.AppendLimit)
                {
                    break;
                }

                batch.Add(entry);
            }

            lane.Running = batch.Count > 0;
            return lane.Running;
        }
    }

    private async Task<bool> Append(int target, EventBatch batch)
    {
        while (true)
        {
            try
            {
                await _log.Append(target, batch, _stop.Token);
                return true;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return false;
            }
            catch (Exception fault) when (fault is EventLogException or IOException or TimeoutException)
            {
                LogAppendFailed(_partition, batch.Count, target, fault);
            }

            if (!await Pause())
            {
                return false;
            }
        }
    }

    private async Task<bool> Pause()
    {
        try
        {
            await Task.Delay(_options.RetryPause, _time, _stop.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Done(Lane lane, int count)
    {
        lock (_lock)
        {
            for (var i = 0; i < count; i++)
            {
                lane.Waiting.Dequeue();
            }

            _count -= count;
            if (_count < _options.OutboxLimit)
            {
                _room?.TrySetResult();
                _room = null;
            }

            _waiters.Reach(Through());
        }
    }

    private LogPosition Through()
    {
        var through = _noted;
        foreach (var lane in _lanes.Values)
        {
            if (lane.Waiting.TryPeek(out var first) && first.Cause.Position.Previous < through)
            {
                through = first.Cause.Position.Previous;
            }
        }

        return through;
    }

    [LoggerMessage(
        EventId = 1, Level = LogLevel.Warning,
        Message = "Partition {Partition} could not append {Count} derived events to partition {Target}; it tries again after a pause.")]
    private partial void LogAppendFailed(int partition, int count, int target, Exception fault);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "The derived event {Type} for {Target}, caused by {Cause}, cannot be written and is left out.")]
    private partial void LogUnwritable(string type, ElementId target, Cause cause, Exception mistake);

    private readonly record struct Entry(Cause Cause, DerivedEvent Effect, ModelPackage Package);

    private sealed class Lane
    {
        public Queue<Entry> Waiting { get; } = [];

        public bool Running { get; set; }

        public Task Run { get; set; } = Task.CompletedTask;
    }
}
