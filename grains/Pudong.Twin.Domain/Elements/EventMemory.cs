using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Domain.Elements;

/// <summary>The keys of the last events of an element, by which it knows again what it has applied.</summary>
/// <remarks>
/// A value: it never changes for who holds it. Its successors share its buffer and write behind its end; each place is claimed once, so a second successor of the
/// same memory (a fork) finds the place taken and copies. Most events thereby cost no allocation.
/// </remarks>
internal readonly struct EventMemory
{
    // The first place of a buffer counts the places taken, itself included.
    private const int First = 1;
    private const int SmallestBuffer = First + 4;

    private readonly ulong[]? _buffer;

    // Most elements of a city have met one event only: that one needs no buffer.
    private readonly ulong _only;
    private readonly int _end;

    private EventMemory(ulong[]? buffer, int end, int count, ulong only)
    {
        _buffer = buffer;
        _end = end;
        Count = count;
        _only = only;
    }

    /// <summary>How many keys are held.</summary>
    public int Count { get; }

    /// <summary>The keys, oldest first.</summary>
    public ReadOnlySpan<ulong> Keys => _buffer is not null ? _buffer.AsSpan(_end - Count, Count) : Count == 0 ? [] : new[] { _only };

    /// <summary>Makes a memory of keys.</summary>
    /// <param name="keys">The keys, oldest first.</param>
    public static EventMemory Of(ReadOnlySpan<ulong> keys)
    {
        if (keys.Length <= 1)
        {
            return keys.IsEmpty ? default : new EventMemory(null, 0, 1, keys[0]);
        }

        var end = First + keys.Length;
        var buffer = new ulong[Math.Max(SmallestBuffer, end)];
        keys.CopyTo(buffer.AsSpan(First));
        buffer[0] = (ulong)end;
        return new EventMemory(buffer, end, keys.Length, 0);
    }

    /// <summary>Whether an event is among those remembered.</summary>
    /// <param name="key">The event's key.</param>
    public bool Holds(EventKey key) => _buffer is null ? Count == 1 && _only == key.Value : _buffer.AsSpan(_end - Count, Count).Contains(key.Value);

    /// <summary>The memory after one more event.</summary>
    /// <param name="key">The event's key.</param>
    /// <param name="limit">How many events are remembered, 1 or more; older ones are forgotten.</param>
    public EventMemory With(EventKey key, int limit)
    {
        if (Count == 0)
        {
            return new EventMemory(null, 0, 1, key.Value);
        }

        var count = Math.Min(Count + 1, limit);
        if (_buffer is null || _end == _buffer.Length || !Claim(_buffer, _end))
        {
            return Copied(key, count, limit);
        }

        _buffer[_end] = key.Value;
        return new EventMemory(_buffer, _end + 1, count, 0);
    }

    private static bool Claim(ulong[] buffer, int place) =>
        Interlocked.CompareExchange(ref buffer[0], (ulong)(place + 1), (ulong)place) == (ulong)place;

    // The new buffer has room for as many again, so that copying is rare, and for no more than twice the limit.
    private EventMemory Copied(EventKey key, int count, int limit)
    {
        var end = First + count;
        var buffer = new ulong[Math.Max(SmallestBuffer, First + (2 * Math.Min(count, limit)))];
        Keys[^(count - 1)..].CopyTo(buffer.AsSpan(First));
        buffer[end - 1] = key.Value;
        buffer[0] = (ulong)end;
        return new EventMemory(buffer, end, count, 0);
    }
}
