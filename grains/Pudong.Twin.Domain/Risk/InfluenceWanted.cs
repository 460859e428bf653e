using System.Collections.Immutable;
using Orleans;

namespace Pudong.Twin.Domain.Risk;

/// <summary>Asks a neighbour what it offers, because labels were lost or their route got worse, or a place became free.</summary>
/// <param name="All">Whether everything is wanted; the answer is then a full one.</param>
/// <param name="Labels">The labels wanted, in canonical order; empty when all are.</param>
/// <remarks>RISK-MODEL.md, section 5, "Messages". Its event time is the sender's clock.</remarks>
[GenerateSerializer, Immutable, Alias("pudong.influence-wanted")]
public sealed record InfluenceWanted([property: Id(0)] bool All, [property: Id(1)] ImmutableArray<LabelKey> Labels)
{
    /// <summary>Asks for everything.</summary>
    public static readonly InfluenceWanted Everything = new(true, []);

    /// <summary>Compares by content.</summary>
    /// <param name="other">Another message.</param>
    public bool Equals(InfluenceWanted? other) => other is not null && All == other.All && Labels.AsSpan().SequenceEqual(other.Labels.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(All, Labels.Length);
}
