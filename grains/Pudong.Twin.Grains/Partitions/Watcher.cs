using Pudong.Twin.Contracts.Changes;
using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Grains.Partitions;

/// <summary>One watcher of a partition: what waits for it, and the one message that is on its way to it.</summary>
/// <remarks>Lives on the turn of its partition, which never waits for it. When its buffer is full, or a message fails, it is dropped.</remarks>
internal sealed class Watcher(int partition, IChangeObserver observer, WatchRequest request, ChangeMatcher matcher, LogPosition from)
{
    private readonly Queue<ChangeBatch> _waiting = [];
    private readonly int _limit = Math.Clamp(request.Buffer, 1, 1_024);
    private LogPosition _told = from;
    private bool _telling;

    /// <summary>Who is told.</summary>
    public IChangeObserver Observer => observer;

    /// <summary>What is watched.</summary>
    public WatchRequest Request => request;

    /// <summary>Decides what concerns the watcher.</summary>
    public ChangeMatcher Matcher { get; set; } = matcher;

    /// <summary>Whether the watcher is to be told nothing more.</summary>
    public bool Dropped { get; private set; }

    /// <summary>Takes changes in for the watcher.</summary>
    /// <param name="changes">Changes that concern it.</param>
    public void Tell(ChangeBatch changes)
    {
        if (_waiting.Count >= _limit)
        {
            Drop();
            return;
        }

        _waiting.Enqueue(changes);
        if (!_telling)
        {
            _telling = true;
            Pump().Ignore();
        }
    }

    /// <summary>Tells the watcher no more, and that it is so.</summary>
    public void Drop()
    {
        if (Dropped)
        {
            return;
        }

        Dropped = true;
        _waiting.Clear();
        // Best effort: who is gone cannot be told.
        observer.Dropped(partition, _told).Ignore();
    }

    private async Task Pump()
    {
        while (!Dropped && _waiting.TryPeek(out var changes))
        {
            try
            {
                await observer.Changed(changes);
            }
            catch (Exception)
            {
                // Gone, or broken: either way it has a gap from here on, which only a new beginning can mend. Dropping says so.
                Drop();
                break;
            }

            _told = changes.Through;
            // Dropped meanwhile, the queue is empty.
            _waiting.TryDequeue(out _);
        }

        _telling = false;
    }
}
