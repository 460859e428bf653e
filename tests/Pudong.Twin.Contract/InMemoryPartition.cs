using System.Runtime.InteropServices;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Contract;

/// <summary>The blocks of one partition of an <see cref="InMemoryEventLog"/>; safe to call from many threads.</summary>
internal sealed class InMemoryPartition(int number)
{
    private readonly Lock _lock = new();
    private readonly List<EventBlock> _blocks = [];
    private readonly List<EventBlock> _archive = [];
    private LogPosition _head = LogPosition.Start;
    private TaskCompletionSource _appended = NewSignal();

    internal LogExtent Extent
    {
        get
        {
            lock (_lock)
            {
                return new LogExtent(Tail, _head);
            }
        }
    }

    internal IReadOnlyList<EventBlock> Archive
    {
        get
        {
            lock (_lock)
            {
                return [.. _archive];
            }
        }
    }

    private LogPosition Tail => _blocks.Count > 0 ? _blocks[0].First : _head.Next;

    internal LogPosition Append(EventBatch batch)
    {
        var bytes = ImmutableCollectionsMarshal.AsImmutableArray(batch.Bytes.ToArray());
        TaskCompletionSource appended;
        EventBlock block;
        lock (_lock)
        {
            block = new EventBlock(number, _head.Next, batch.Count, bytes);
            _blocks.Add(block);
            _archive.Add(block);
            _head = block.Last;
            appended = _appended;
            _appended = NewSignal();
        }

        appended.SetResult();
        return block.First;
    }

    internal IReadOnlyList<EventBlock> From(LogPosition from)
    {
        lock (_lock)
        {
            from = from > LogPosition.Start ? from : LogPosition.Start.Next;
            if (from < Tail)
            {
                throw new EventLogTrimmedException($"Partition {number} has no event {from} any more; the oldest it keeps is {Tail}.");
            }

            var index = _blocks.Count;
            while (index > 0 && _blocks[index - 1].Last >= from)
            {
                index--;
            }

            return _blocks[index..];
        }
    }

    internal async Task<LogPosition> WaitFor(LogPosition after, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task appended;
            lock (_lock)
            {
                if (_head > after)
                {
                    return _head;
                }

                appended = _appended.Task;
            }

            await appended.WaitAsync(cancellationToken);
        }
    }

    internal void Trim(LogPosition before)
    {
        lock (_lock)
        {
            _blocks.RemoveAll(block => block.Last < before);
        }
    }

    // A waiter must not run on the appender's thread while it holds its turn.
    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
