using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Storage.Azure.Logs;

/// <summary>Remembers where some blocks of the segments begin, about one for each megabyte, so that a segment is not read from its beginning each time.</summary>
internal sealed class SegmentMarks
{
    private const long Distance = 1_024 * 1_024;

    private readonly Lock _lock = new();
    private readonly Dictionary<LogPosition, SortedList<LogPosition, long>> _segments = [];

    /// <summary>Remembers a block's place, unless one nearby is known.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="first">The position of the block's first event.</param>
    /// <param name="offset">Where the block begins, in bytes.</param>
    public void Add(LogPosition segment, LogPosition first, long offset)
    {
        if (offset < Distance)
        {
            return;
        }

        lock (_lock)
        {
            if (!_segments.TryGetValue(segment, out var marks))
            {
                _segments.Add(segment, marks = []);
            }

            var before = Last(marks, first);
            var (far, near) = (before < 0 || offset - marks.Values[before] >= Distance, before + 1 < marks.Count && marks.Values[before + 1] - offset < Distance);
            if (far && !near)
            {
                marks.Add(first, offset);
            }
        }
    }

    /// <summary>The last known block that begins at or before a position; the segment's beginning at least.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="position">A position in it.</param>
    public (LogPosition First, long Offset) Before(LogPosition segment, LogPosition position)
    {
        lock (_lock)
        {
            return _segments.TryGetValue(segment, out var marks) && Last(marks, position) is >= 0 and var index
                ? (marks.Keys[index], marks.Values[index])
                : (segment, 0);
        }
    }

    /// <summary>Forgets a segment that is no more.</summary>
    /// <param name="segment">The segment.</param>
    public void Forget(LogPosition segment)
    {
        lock (_lock)
        {
            _segments.Remove(segment);
        }
    }

    // The index of the last mark at or before a position, −1 when there is none.
    private static int Last(SortedList<LogPosition, long> marks, LogPosition position)
    {
        var (low, high) = (0, marks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = marks.Keys[middle] <= position ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }
}
