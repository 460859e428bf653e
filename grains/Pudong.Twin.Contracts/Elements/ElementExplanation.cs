using System.Collections.Immutable;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Contracts.Elements;

/// <summary>Why the score of an element is what it is, in names; exact, because the load is a sum (RISK-MODEL.md, section 6, "Explanation").</summary>
/// <param name="Id">The element.</param>
/// <param name="Package">The package whose names these are.</param>
/// <param name="At">The moment, in Unix milliseconds.</param>
/// <param name="Score">The score at that moment, 0 to 100.</param>
/// <param name="Band">The band at that moment.</param>
/// <param name="Terms">What the score consists of, by falling points, which add up to the score.</param>
[GenerateSerializer, Immutable, Alias("pudong.element-explanation")]
public sealed record ElementExplanation(
    [property: Id(0)] ElementId Id,
    [property: Id(1)] PackageVersion Package,
    [property: Id(2)] long At,
    [property: Id(3)] double Score,
    [property: Id(4)] RiskBand Band,
    [property: Id(5)] ImmutableArray<ExplanationLine> Terms)
{
    /// <summary>Whether the base load used a stand-in for a missing attribute.</summary>
    [Id(6)]
    public bool BaseIncomplete { get; init; }

    /// <summary>Whether the element received more influence than it has places for.</summary>
    [Id(7)]
    public bool InfluenceTruncated { get; init; }

    /// <summary>The score without the evidence types that the question left out; null when it left none out.</summary>
    [Id(8)]
    public double? ScoreWithout { get; init; }

    /// <summary>Until when the band stays if nothing happens, in Unix milliseconds; null when it stays for good.</summary>
    [Id(9)]
    public long? BandUntil { get; init; }

    /// <summary>The last changes, newest first, that the terms can be traced to.</summary>
    [Id(10)]
    public ImmutableArray<ElementChange> Changes { get; init; } = [];
}

/// <summary>One term of an explanation.</summary>
/// <param name="Kind">Base load, own evidence, or influence.</param>
/// <param name="Domain">The domain's name; null for the base load.</param>
/// <param name="Points">Its share of the score.</param>
/// <param name="ScoreWithout">The score without the term.</param>
/// <param name="Evidence">The evidence in it, by type; empty for the base load.</param>
/// <param name="Source">The element that an influence comes from; null for other terms.</param>
/// <param name="Path">The way of an influence, its source first; empty for other terms.</param>
[GenerateSerializer, Immutable, Alias("pudong.explanation-line")]
public sealed record ExplanationLine(
    [property: Id(0)] ExplanationTermKind Kind,
    [property: Id(1)] string? Domain,
    [property: Id(2)] double Points,
    [property: Id(3)] double ScoreWithout,
    [property: Id(4)] ImmutableArray<ExplainedEvidence> Evidence,
    [property: Id(5)] ElementId? Source,
    [property: Id(6)] ImmutableArray<ElementId> Path);

/// <summary>The part of one evidence type in a term.</summary>
/// <param name="Type">The evidence type's name.</param>
/// <param name="Load">Its share of the term's load, in nats.</param>
/// <param name="Pieces">How many pieces of evidence there were.</param>
/// <param name="LastTime">When the last of them was observed or cleared, in Unix milliseconds.</param>
[GenerateSerializer, Immutable, Alias("pudong.explained-evidence")]
public sealed record ExplainedEvidence(
    [property: Id(0)] string Type, [property: Id(1)] double Load, [property: Id(2)] long Pieces, [property: Id(3)] long LastTime);
