using System.Collections.Immutable;
using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Grains.Partitions;

/// <summary>For each causing partition the last of its effects that was taken in: what comes again at or below it is a repeat.</summary>
internal sealed class CauseMarks
{
    private readonly Cause[] _marks;

    /// <summary>Marks before the first effect.</summary>
    /// <param name="partitions">The number of partitions of the log.</param>
    public CauseMarks(int partitions)
    {
        _marks = new Cause[partitions];
        for (var partition = 0; partition < partitions; partition++)
        {
            // Before the first effect of the first event.
            _marks[partition] = new Cause(partition, LogPosition.Start, -1);
        }
    }

    /// <summary>The marks by partition.</summary>
    public ImmutableArray<Cause> Marks => [.. _marks];

    /// <summary>Whether a cause names a partition of this log.</summary>
    /// <param name="cause">What caused an event.</param>
    public bool Knows(Cause cause) => (uint)cause.Partition < (uint)_marks.Length;

    /// <summary>Takes an effect in.</summary>
    /// <param name="cause">What caused it.</param>
    /// <returns>False for a repeat.</returns>
    public bool Advance(Cause cause)
    {
        ref var mark = ref _marks[cause.Partition];
        if (!cause.IsAfter(mark))
        {
            return false;
        }

        mark = cause;
        return true;
    }

    /// <summary>Becomes equal to other marks.</summary>
    /// <param name="other">Marks of the same log.</param>
    public void CopyFrom(CauseMarks other) => other._marks.CopyTo(_marks, 0);

    /// <summary>Restores marks from a snapshot.</summary>
    /// <param name="marks">Marks by partition.</param>
    public void Restore(ReadOnlySpan<Cause> marks) => marks.CopyTo(_marks);
}
