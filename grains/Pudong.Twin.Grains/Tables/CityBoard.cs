using System.Collections.Concurrent;
using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Grains.Tables;

/// <summary>What the partitions of this silo last published: queries read here, beside the grains and without waiting for them.</summary>
/// <remarks>One for each silo; safe for many threads.</remarks>
public sealed class CityBoard
{
    private readonly ConcurrentDictionary<int, PublishedPartition> _partitions = [];

    /// <summary>What a partition of this silo last published.</summary>
    /// <param name="partition">Its number.</param>
    /// <returns>The publication; null when the partition does not live here or is not open.</returns>
    public PublishedPartition? Find(int partition) => _partitions.GetValueOrDefault(partition);

    /// <summary>Puts a partition's newest publication up, in the place of the one before.</summary>
    /// <param name="published">The publication.</param>
    public void Publish(PublishedPartition published)
    {
        ArgumentNullException.ThrowIfNull(published);
        _partitions[published.Partition] = published;
    }

    /// <summary>Takes a partition's publication down, unless a later activation of the partition has put up its own.</summary>
    /// <param name="published">What the leaving activation published last.</param>
    public void Remove(PublishedPartition published)
    {
        ArgumentNullException.ThrowIfNull(published);
        _partitions.TryRemove(new KeyValuePair<int, PublishedPartition>(published.Partition, published));
    }
}

/// <summary>A partition as it was after a whole batch. Immutable; compared as an object.</summary>
/// <param name="partition">Its number.</param>
/// <param name="table">The elements, and the package in force.</param>
/// <param name="applied">The position up to which the table is complete.</param>
/// <param name="head">The newest position of the log that the partition knew of.</param>
/// <param name="waitingSince">Since when, in Unix milliseconds, an event of the log waits to be applied; null when none is known to.</param>
/// <param name="era">Changes whenever the partition may hold states that its elements were not told.</param>
public sealed class PublishedPartition(int partition, ElementTableVersion table, LogPosition applied, LogPosition head, long? waitingSince, long era)
{
    /// <summary>Its number.</summary>
    public int Partition { get; } = partition;

    /// <summary>The elements, and the package in force.</summary>
    public ElementTableVersion Table { get; } = table;

    /// <summary>The position up to which the table is complete.</summary>
    public LogPosition Applied { get; } = applied;

    /// <summary>The newest position of the log that the partition knew of.</summary>
    public LogPosition Head { get; } = head;

    /// <summary>Since when, in Unix milliseconds, an event of the log waits to be applied; null when none is known to.</summary>
    public long? WaitingSince { get; } = waitingSince;

    /// <summary>Changes whenever the partition may hold states that its elements were not told: an element with another era asks anew.</summary>
    public long Era { get; } = era;
}
