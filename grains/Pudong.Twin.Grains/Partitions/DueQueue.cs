using Pudong.Twin.Domain.Elements;

namespace Pudong.Twin.Grains.Partitions;

/// <summary>When the elements of a partition next have a deadline: at most one entry for each, found again lazily when its time comes.</summary>
/// <remarks>An entry is never later than the deadline it stands for. A reading moves a sensor's silence further away and touches nothing here.</remarks>
internal sealed class DueQueue
{
    private readonly PriorityQueue<ElementId, long> _queue = new();
    private readonly Dictionary<ElementId, long> _times = [];
    private readonly HashSet<ElementId> _told = [];

    /// <summary>The earliest time to look at, in Unix milliseconds; <see cref="long.MaxValue"/> when there is none.</summary>
    public long Next => _queue.TryPeek(out _, out var time) ? time : long.MaxValue;

    /// <summary>Notes a new state.</summary>
    /// <param name="before">The state before; null for a new element.</param>
    /// <param name="after">The state now.</param>
    public void Follow(ElementState? before, ElementState after)
    {
        if (after.NextDue == long.MaxValue)
        {
            return;
        }

        // The entry of the state before is early enough, unless its deadline was told already.
        if (before is not null && before.NextDue <= after.NextDue && (_told.Count == 0 || !_told.Remove(after.Id)))
        {
            return;
        }

        Add(after.Id, after.NextDue);
    }

    /// <summary>Takes the next element whose time has come.</summary>
    /// <param name="now">In Unix milliseconds.</param>
    /// <returns>An element to look at; null when there is none.</returns>
    public ElementId? Take(long now)
    {
        while (_queue.TryPeek(out var id, out var time) && time <= now)
        {
            _queue.Dequeue();
            // Another entry of the element came in front of this one.
            if (_times.TryGetValue(id, out var current) && current == time)
            {
                _times.Remove(id);
                return id;
            }
        }

        return null;
    }

    /// <summary>Puts an element back whose deadline has moved.</summary>
    /// <param name="id">The element.</param>
    /// <param name="time">When to look again, in Unix milliseconds.</param>
    public void Again(ElementId id, long time) => Add(id, time);

    /// <summary>Puts an element back whose deadline was told: when nothing comes of it, it is told again later.</summary>
    /// <param name="id">The element.</param>
    /// <param name="time">When to look again, in Unix milliseconds.</param>
    public void Told(ElementId id, long time)
    {
        _told.Add(id);
        Add(id, time);
    }

    private void Add(ElementId id, long time)
    {
        if (_times.TryGetValue(id, out var current) && current <= time)
        {
            return;
        }

        _times[id] = time;
        _queue.Enqueue(id, time);
    }
}
