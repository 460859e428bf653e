using System.Collections.Immutable;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Query.Evaluation;

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

/// <summary>Up to where an answer is complete.</summary>
/// <param name="Positions">For each partition, in order, the position it has taken in.</param>
/// <param name="Age">How old the oldest accepted event is that is not yet in the answer; zero when there is none.</param>
[GenerateSerializer, Immutable, Alias("pudong.watermark")]
public sealed record Watermark([property: Id(0)] ImmutableArray<LogPosition> Positions, [property: Id(1)] TimeSpan Age);

/// <summary>Asks for elements in an order.</summary>
/// <param name="Selection">Which elements.</param>
[GenerateSerializer, Immutable, Alias("pudong.element-query")]
public sealed record ElementQuery([property: Id(0)] Selection Selection)
{
    /// <summary>What to return of each, by the names of queryables; empty for all of them.</summary>
    [Id(1)]
    public ImmutableArray<string> Properties { get; init; } = [];

    /// <summary>Names of queryables, with a leading <c>-</c> for descending; empty for the order of ids.</summary>
    [Id(2)]
    public ImmutableArray<string> SortBy { get; init; } = [];

    /// <summary>How many elements at most, from 1 to 10,000; beyond it the maximum is used.</summary>
    [Id(3)]
    public int Limit { get; init; } = 100;

    /// <summary>Where the last page ended (<see cref="ElementPage.Next"/>); null for the first page.</summary>
    [Id(4)]
    public string? Cursor { get; init; }

    /// <summary>Whether <see cref="ElementPage.Matched"/> is wanted; counting costs a scan of its own.</summary>
    [Id(5)]
    public bool Count { get; init; }
}

/// <summary>A page of elements.</summary>
/// <param name="Properties">The names of the values of each element, in order.</param>
/// <param name="Elements">The elements.</param>
/// <param name="Next">Where the next page begins; null when this is the last.</param>
/// <param name="Watermark">Up to where the answer is complete.</param>
[GenerateSerializer, Immutable, Alias("pudong.element-page")]
public sealed record ElementPage(
    [property: Id(0)] ImmutableArray<string> Properties,
    [property: Id(1)] ImmutableArray<ElementRow> Elements,
    [property: Id(2)] string? Next,
    [property: Id(3)] Watermark Watermark)
{
    /// <summary>How many elements the selection has in all; null when it was not asked for.</summary>
    [Id(4)]
    public long? Matched { get; init; }
}

/// <summary>One element of a page.</summary>
/// <param name="Id">The element.</param>
/// <param name="Values">Its values, in the order of <see cref="ElementPage.Properties"/>.</param>
/// <param name="Distance">Of a question for the nearest: how far it is, in metres; else null.</param>
[GenerateSerializer, Immutable, Alias("pudong.element-row")]
public sealed record ElementRow(
    [property: Id(0)] ElementId Id, [property: Id(1)] ImmutableArray<Value> Values, [property: Id(2)] double? Distance = null);

/// <summary>Asks for the elements nearest to a place.</summary>
/// <param name="Selection">Which elements.</param>
/// <param name="Longitude">Degrees, −180 to 180.</param>
/// <param name="Latitude">Degrees, −90 to 90.</param>
[GenerateSerializer, Immutable, Alias("pudong.nearest-request")]
public sealed record NearestRequest([property: Id(0)] Selection Selection, [property: Id(1)] double Longitude, [property: Id(2)] double Latitude)
{
    /// <inheritdoc cref="ElementQuery.Properties"/>
    [Id(3)]
    public ImmutableArray<string> Properties { get; init; } = [];

    /// <summary>How many elements at most, from 1 to 10,000.</summary>
    [Id(4)]
    public int Limit { get; init; } = 10;

    /// <summary>How far away at most, in metres; null for any distance.</summary>
    [Id(5)]
    public double? MaximumDistance { get; init; }
}

/// <summary>Asks for elements that are related to one.</summary>
/// <param name="Start">Where the walk begins.</param>
[GenerateSerializer, Immutable, Alias("pudong.related-request")]
public sealed record RelatedRequest([property: Id(0)] ElementId Start)
{
    /// <summary>The relation kind's name; null for all kinds.</summary>
    [Id(1)]
    public string? Relation { get; init; }

    /// <summary>Whether relations are followed from owner to target.</summary>
    [Id(2)]
    public bool Outward { get; init; } = true;

    /// <summary>Whether relations are followed from target to owner.</summary>
    [Id(3)]
    public bool Inward { get; init; } = true;

    /// <summary>How many steps, 1 to 3.</summary>
    [Id(4)]
    public int Depth { get; init; } = 1;

    /// <summary>How many elements at most, from 1 to 10,000; the nearest in steps come first.</summary>
    [Id(5)]
    public int Limit { get; init; } = 1_000;
}

/// <summary>What a walk over relations found.</summary>
/// <param name="Nodes">The elements, the start first, then by steps.</param>
/// <param name="Edges">The relations between them.</param>
/// <param name="Complete">False when the limit cut the walk.</param>
[GenerateSerializer, Immutable, Alias("pudong.related-answer")]
public sealed record RelatedAnswer(
    [property: Id(0)] ImmutableArray<RelatedNode> Nodes, [property: Id(1)] ImmutableArray<RelatedEdge> Edges, [property: Id(2)] bool Complete);

/// <summary>An element that a walk reached.</summary>
/// <param name="Id">The element.</param>
/// <param name="Depth">How many steps from the start.</param>
/// <param name="Registered">False for one that is only named by a relation.</param>
/// <param name="Score">Its score now, 0 to 100.</param>
[GenerateSerializer, Immutable, Alias("pudong.related-node")]
public sealed record RelatedNode(
    [property: Id(0)] ElementId Id, [property: Id(1)] int Depth, [property: Id(2)] bool Registered, [property: Id(3)] double Score);

/// <summary>A relation that a walk followed.</summary>
/// <param name="Relation">The relation kind's name.</param>
/// <param name="Owner">The element that owns it.</param>
/// <param name="Target">Its other end.</param>
[GenerateSerializer, Immutable, Alias("pudong.related-edge")]
public sealed record RelatedEdge([property: Id(0)] string Relation, [property: Id(1)] ElementId Owner, [property: Id(2)] ElementId Target);
