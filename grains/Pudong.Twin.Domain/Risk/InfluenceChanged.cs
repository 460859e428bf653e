using System.Collections.Immutable;
using Orleans;
using Pudong.Twin.Domain.Elements;

namespace Pudong.Twin.Domain.Risk;

/// <summary>Tells a neighbour how what is offered to it differs from before.</summary>
/// <param name="Full">Whether the offers are all there is: what is not among them counts as withdrawn.</param>
/// <param name="Offers">New or different entries, in canonical order.</param>
/// <param name="Withdrawals">Entries that have vanished, in canonical order.</param>
/// <remarks>RISK-MODEL.md, section 5, "Messages". Its event time is the sender's clock.</remarks>
[GenerateSerializer, Immutable, Alias("pudong.influence-changed")]
public sealed record InfluenceChanged(
    [property: Id(0)] bool Full,
    [property: Id(1)] ImmutableArray<Influence> Offers,
    [property: Id(2)] ImmutableArray<InfluenceWithdrawal> Withdrawals)
{
    /// <summary>Compares by content.</summary>
    /// <param name="other">Another message.</param>
    public bool Equals(InfluenceChanged? other) =>
        other is not null && Full == other.Full && Offers.AsSpan().SequenceEqual(other.Offers.AsSpan()) && Withdrawals.AsSpan().SequenceEqual(other.Withdrawals.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Full, Offers.Length, Withdrawals.Length);
}

/// <summary>An entry that is not offered any more.</summary>
/// <param name="Source">The element whose own risk it carried.</param>
/// <param name="Domain">The domain.</param>
/// <param name="Version">The version that ended.</param>
/// <param name="Quiet">Whether the source itself fell silent, so that nobody else need be asked for another way.</param>
[GenerateSerializer, Immutable, Alias("pudong.influence-withdrawal")]
public readonly record struct InfluenceWithdrawal(
    [property: Id(0)] ElementId Source,
    [property: Id(1)] RiskDomain Domain,
    [property: Id(2)] uint Version,
    [property: Id(3)] bool Quiet);
