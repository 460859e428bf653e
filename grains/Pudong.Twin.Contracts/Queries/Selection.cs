using System.Collections.Immutable;
using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Contracts.Queries;

/// <summary>Which elements a question is about.</summary>
[GenerateSerializer, Immutable, Alias("pudong.selection")]
public sealed record Selection
{
    /// <summary>The kind, or <c>element</c> for all kinds together.</summary>
    [Id(0)]
    public string Collection { get; init; } = "element";

    /// <summary>A CQL2 filter; null selects all.</summary>
    [Id(1)]
    public string? Filter { get; init; }

    /// <summary>True when the filter is CQL2 JSON, false when it is CQL2 Text.</summary>
    [Id(2)]
    public bool FilterIsJson { get; init; }

    /// <summary>West, south, east, north in degrees; empty for everywhere. West greater than east crosses the antimeridian. Elements without geometry match too.</summary>
    [Id(3)]
    public ImmutableArray<double> Box { get; init; } = [];

    /// <summary>The moment that scores and <c>now()</c> are evaluated at, in Unix milliseconds; null for now.</summary>
    [Id(4)]
    public long? At { get; init; }

    /// <summary>Positions that the answer must cover, by partition; empty for none. They come from accepted writes.</summary>
    [Id(5)]
    public ImmutableArray<PartitionPosition> After { get; init; } = [];

    /// <summary>How long the whole answer may take; null for the service's own deadline, which is also the most.</summary>
    [Id(6)]
    public TimeSpan? Deadline { get; init; }
}

/// <summary>A position in a partition's log.</summary>
/// <param name="Partition">The partition, from 0.</param>
/// <param name="Position">The position.</param>
[GenerateSerializer, Immutable, Alias("pudong.partition-position")]
public readonly record struct PartitionPosition([property: Id(0)] int Partition, [property: Id(1)] LogPosition Position);
