using System.Collections.Immutable;

namespace Pudong.Twin.Domain.Sensing;

/// <summary>Minimum, maximum and mean over the last stretch of time, from a bounded number of buckets.</summary>
/// <remarks>
/// A window of length W has <see cref="Buckets"/> buckets of W / <see cref="Buckets"/> each, and the one being filled. It looks back over W and up to one bucket more,
/// never less than W. The last bucket lies in the value itself, so that a reading changes an array only when a bucket is full.
/// </remarks>
public readonly record struct RollingWindow
{
    /// <summary>Into how many buckets a window is divided.</summary>
    public const int Buckets = 8;

    /// <summary>Makes a window of what a snapshot holds.</summary>
    /// <param name="last">The bucket being filled; a count of 0 says that nothing was measured.</param>
    /// <param name="closed">The buckets before it, by rising index.</param>
    public RollingWindow(in Bucket last, ImmutableArray<Bucket> closed)
    {
        Last = last;
        Closed = closed.IsDefaultOrEmpty ? default : closed;
    }

    /// <summary>The bucket being filled.</summary>
    public Bucket Last { get; }

    /// <summary>The buckets before it that hold readings, by rising index; default when there are none.</summary>
    public ImmutableArray<Bucket> Closed { get; }

    /// <summary>Which bucket a time lies in.</summary>
    /// <param name="time">In Unix milliseconds.</param>
    /// <param name="length">The window's length in milliseconds, more than zero.</param>
    public static long IndexOf(long time, long length)
    {
        var width = Math.Max(1, length / Buckets);
        return time >= 0 ? time / width : ((time + 1) / width) - 1;
    }

    /// <summary>The window with one more reading, which may be late.</summary>
    /// <param name="time">When it was measured, in Unix milliseconds.</param>
    /// <param name="value">The measured number.</param>
    /// <param name="length">The window's length in milliseconds.</param>
    /// <returns>The window, unchanged when the reading is older than the window.</returns>
    public RollingWindow With(long time, double value, long length)
    {
        var index = IndexOf(time, length);
        if (Last.Count == 0)
        {
            return new RollingWindow(Bucket.Of(index, value), default);
        }

        if (index == Last.Index)
        {
            return new RollingWindow(Last.With(value), Closed);
        }

        return index > Last.Index ? new RollingWindow(Bucket.Of(index, value), ClosedFrom(index - Buckets, Last)) : WithLate(index, value);
    }

    /// <summary>All readings of the window as of a time, summed up.</summary>
    /// <param name="time">The time, in Unix milliseconds.</param>
    /// <param name="length">The window's length in milliseconds.</param>
    /// <returns>The sum; a count of 0 when the window holds no reading.</returns>
    public Bucket SumAt(long time, long length)
    {
        var first = IndexOf(time, length) - Buckets;
        var sum = default(Bucket);
        if (!Closed.IsDefault)
        {
            foreach (ref readonly var bucket in Closed.AsSpan())
            {
                if (bucket.Index >= first)
                {
                    sum = sum.Count == 0 ? bucket : sum.Join(bucket);
                }
            }
        }

        if (Last.Count == 0 || Last.Index < first)
        {
            return sum;
        }

        return sum.Count == 0 ? Last : sum.Join(Last);
    }

    private ImmutableArray<Bucket> ClosedFrom(long first, in Bucket added)
    {
        var kept = 0;
        var closed = Closed.IsDefault ? [] : Closed.AsSpan();
        while (kept < closed.Length && closed[kept].Index < first)
        {
            kept++;
        }

        closed = closed[kept..];
        if (added.Index < first)
        {
            return default;
        }

        var buckets = new Bucket[closed.Length + 1];
        closed.CopyTo(buckets);
        buckets[^1] = added;
        return System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(buckets);
    }

    private RollingWindow WithLate(long index, double value)
    {
        if (index < Last.Index - Buckets)
        {
            return this;
        }

        var closed = Closed.IsDefault ? [] : Closed;
        var place = 0;
        while (place < closed.Length && closed[place].Index < index)
        {
            place++;
        }

        return place < closed.Length && closed[place].Index == index
            ? new RollingWindow(Last, closed.SetItem(place, closed[place].With(value)))
            : new RollingWindow(Last, closed.Insert(place, Bucket.Of(index, value)));
    }
}
