using System.Collections.Immutable;
using Orleans;

namespace Pudong.Twin.Domain.Risk;

/// <summary>What an element knows about its risk: own evidence, what it published, what it received.</summary>
/// <remarks>
/// <para>RISK-MODEL.md, sections 5 and 9. Immutable, replaced whole; every array is sorted, and empty ones are shared. A quiet element holds <see cref="Quiet"/> and costs nothing.</para>
/// <para>
/// The element's clock <c>T</c> and its base load <c>β</c> belong to the element and come in through <see cref="RiskContext"/>, so that an event without evidence needs no new
/// object. <see cref="Band"/> is as of the last event that changed risk; between two such events the risk only falls, and therefore a read at any later time gives what the
/// band as of <c>T</c> would give.
/// </para>
/// </remarks>
[GenerateSerializer, Immutable, Alias("pudong.risk-state")]
public sealed record RiskState
{
    /// <summary>The state of an element without evidence and labels in band A.</summary>
    public static readonly RiskState Quiet = new();

    private static readonly RiskState[] QuietStates = [Quiet, new() { Band = RiskBand.B }, new() { Band = RiskBand.C }, new() { Band = RiskBand.D }];

    /// <summary>Own accumulated evidence, sorted by type.</summary>
    [Id(0)]
    public ImmutableArray<Load> Loads { get; init; } = [];

    /// <summary>What open and closed cases account for, sorted by case and type.</summary>
    [Id(1)]
    public ImmutableArray<KeptShare> KeptShares { get; init; } = [];

    /// <summary>What was last published, sorted by domain; a domain that never published is absent.</summary>
    [Id(2)]
    public ImmutableArray<PublishedLoads> Published { get; init; } = [];

    /// <summary>Labels received from related elements, in canonical order: by domain, then by source.</summary>
    [Id(3)]
    public ImmutableArray<Influence> Labels { get; init; } = [];

    /// <summary>The band, hysteresis included.</summary>
    [Id(4)]
    public RiskBand Band { get; init; }

    /// <summary>Whether a label found no place: explanations then say that influence is truncated.</summary>
    [Id(5)]
    public bool Refused { get; init; }

    /// <summary>Whether nothing but the base load makes up the risk.</summary>
    public bool IsQuiet => Loads.IsEmpty && Labels.IsEmpty;

    /// <summary>The shared state of an element without evidence and labels in a band.</summary>
    /// <param name="band">The band, which is above A only where the base load alone is.</param>
    public static RiskState QuietIn(RiskBand band) => QuietStates[(int)band];

    /// <summary>Compares by content, label by label and load by load.</summary>
    /// <param name="other">Another state.</param>
    public bool Equals(RiskState? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Band == other.Band
            && Refused == other.Refused
            && Loads.AsSpan().SequenceEqual(other.Loads.AsSpan())
            && KeptShares.AsSpan().SequenceEqual(other.KeptShares.AsSpan())
            && Labels.AsSpan().SequenceEqual(other.Labels.AsSpan())
            && SamePublications(Published, other.Published));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Band, Refused, Loads.Length, KeptShares.Length, Published.Length, Labels.Length);

    private static bool SamePublications(ImmutableArray<PublishedLoads> left, ImmutableArray<PublishedLoads> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var i = 0; i < left.Length; i++)
        {
            if (left[i].Domain != right[i].Domain || left[i].Version != right[i].Version || !left[i].Loads.AsSpan().SequenceEqual(right[i].Loads.AsSpan()))
            {
                return false;
            }
        }

        return true;
    }
}
