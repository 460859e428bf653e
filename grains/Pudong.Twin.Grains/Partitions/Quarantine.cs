using System.Collections.Immutable;
using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Grains.Partitions;

/// <summary>An event that could not be applied, as it stands in quarantine.</summary>
/// <param name="Position">Its place in the log of the partition.</param>
/// <param name="Refusal">Why.</param>
/// <param name="At">When it was refused, in Unix milliseconds.</param>
/// <param name="Bytes">The event as it stood in the log.</param>
internal sealed record QuarantineEntry(LogPosition Position, Refusal Refusal, long At, ImmutableArray<byte> Bytes);

/// <summary>Events of a partition that could not be applied, by rising position, bounded: the oldest leave first.</summary>
internal sealed class Quarantine(int limit)
{
    private readonly SortedDictionary<LogPosition, QuarantineEntry> _entries = [];

    /// <summary>How many events there are.</summary>
    public int Count => _entries.Count;

    /// <summary>How many events have left because others came.</summary>
    public long Lost { get; private set; }

    /// <summary>The events by rising position.</summary>
    public ImmutableArray<QuarantineEntry> Entries => [.. _entries.Values];

    /// <summary>Puts an event in quarantine.</summary>
    /// <param name="entry">The event; another one at its position is replaced.</param>
    public void Add(QuarantineEntry entry)
    {
        _entries[entry.Position] = entry;
        if (_entries.Count > limit)
        {
            _entries.Remove(Oldest());
            Lost++;
        }
    }

    /// <summary>The event at a position.</summary>
    /// <param name="position">Its place in the log.</param>
    /// <returns>The event; null when it is not in quarantine.</returns>
    public QuarantineEntry? Find(LogPosition position) => _entries.GetValueOrDefault(position);

    /// <summary>Takes an event out.</summary>
    /// <param name="position">Its place in the log.</param>
    /// <returns>Whether it was in quarantine.</returns>
    public bool Remove(LogPosition position) => _entries.Remove(position);

    private LogPosition Oldest()
    {
        foreach (var position in _entries.Keys)
        {
            return position;
        }

        return LogPosition.Start;
    }
}
