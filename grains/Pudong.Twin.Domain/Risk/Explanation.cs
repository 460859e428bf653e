using System.Collections.Immutable;
using Orleans;
using Pudong.Twin.Domain.Elements;

namespace Pudong.Twin.Domain.Risk;

/// <summary>What a term of an explanation stands for. Terms with equal points come in this order.</summary>
/// <remarks>The numbers travel.</remarks>
[GenerateSerializer, Alias("pudong.explanation-term-kind")]
public enum ExplanationTermKind
{
    /// <summary>The base load, from structural attributes.</summary>
    Base = 0,

    /// <summary>Own evidence of one type.</summary>
    Own = 1,

    /// <summary>Influence of one source in one domain.</summary>
    Influence = 2,
}

/// <summary>The part of one evidence type in a term.</summary>
/// <param name="Type">The index of the type.</param>
/// <param name="Load">Its share of the term's load, in nats: <c>φ·M/ΣM</c>.</param>
/// <param name="Pieces">The number of pieces of evidence.</param>
/// <param name="LastTime">The anchor: the time of the latest piece or clearing, in Unix milliseconds.</param>
public readonly record struct TypeShare(ushort Type, double Load, uint Pieces, long LastTime);

/// <summary>One term of an explanation.</summary>
/// <remarks>RISK-MODEL.md, section 6, "Explanation". Points are shares; a counterfactual says what closing would do.</remarks>
public sealed record ExplanationTerm
{
    /// <summary>What the term stands for.</summary>
    public required ExplanationTermKind Kind { get; init; }

    /// <summary>The domain; null for the base load.</summary>
    public RiskDomain? Domain { get; init; }

    /// <summary><c>φ</c>: what the term adds to the load of the element, in nats.</summary>
    public required double Load { get; init; }

    /// <summary><c>100·r·φ/h</c>: its share of the score; all points add up to the score.</summary>
    public required double Points { get; init; }

    /// <summary><c>100·(1 − exp(−(h − φ)))</c>: the score without the term.</summary>
    public required double ScoreWithout { get; init; }

    /// <summary>The evidence types in it, by index; none for the base load.</summary>
    public ImmutableArray<TypeShare> Types { get; init; } = [];

    /// <summary>The element that an influence comes from; null for other terms.</summary>
    public ElementId? Source { get; init; }

    /// <summary><c>π</c>: the share of the source's own risk that arrives; 0 for other terms.</summary>
    public double Reach { get; init; }

    /// <summary>The path of an influence, the source first, this element not included; empty for other terms.</summary>
    public ImmutableArray<ElementId> Path { get; init; } = [];
}

/// <summary>Why a score is what it is: exact, because the load is a sum.</summary>
/// <param name="Score"><c>100·r</c>.</param>
/// <param name="Load"><c>h</c>, in nats.</param>
/// <param name="Terms">By falling points; equal ones in canonical order.</param>
/// <param name="BaseIncomplete">Whether the base load used a stand-in for a missing attribute.</param>
/// <param name="InfluenceTruncated">Whether the element received more influence than it has places for.</param>
/// <remarks>RISK-MODEL.md, section 6, "Explanation".</remarks>
public sealed record Explanation(double Score, double Load, ImmutableArray<ExplanationTerm> Terms, bool BaseIncomplete, bool InfluenceTruncated);
