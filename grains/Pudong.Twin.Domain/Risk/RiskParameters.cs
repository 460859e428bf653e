using System.Collections.Immutable;

namespace Pudong.Twin.Domain.Risk;

/// <summary>What a model package says about risk: domains, evidence types, couplings and the bounds of influence.</summary>
/// <remarks>RISK-MODEL.md, sections 1, 2, 4, 5, 6. One object for each package version, shared by all elements; check it once with <see cref="Mistakes"/>.</remarks>
public sealed record RiskParameters
{
    /// <summary>The most hops that a path of influence may have: a package whose numbers allow more is refused.</summary>
    public const int HopLimit = 5;

    private readonly ImmutableArray<EvidenceType?> _byIndex = [];
    private readonly ImmutableArray<EvidenceType> _types = [];

    /// <summary>The names of the domains in their fixed order; starts with <see cref="RiskDomain.StandardNames"/>, at most 255.</summary>
    public ImmutableArray<string> Domains { get; init; } = RiskDomain.StandardNames;

    /// <summary>The evidence types, in any order.</summary>
    public ImmutableArray<EvidenceType> Types
    {
        get => _types;
        init
        {
            _types = value;
            _byIndex = ByIndex(value);
        }
    }

    /// <summary>The couplings by relation kind, direction and domain.</summary>
    public CouplingTable Couplings { get; init; } = CouplingTable.Empty;

    /// <summary><c>θ</c>: influence with a smaller product of couplings does not arrive; more than 0 and less than 1.</summary>
    public double Threshold { get; init; } = 0.05;

    /// <summary><c>g_max</c>: the largest coupling, more than 0 and less than 1.</summary>
    public double LargestCoupling { get; init; } = 0.6;

    /// <summary>How far a domain's own loads may be from the published ones before they are published again, in nats, 0 or more.</summary>
    public double SendDelta { get; init; } = 0.005;

    /// <summary>Loads that arrive with less than this have faded away, in nats, more than 0.</summary>
    public double DropBelow { get; init; } = 1e-12;

    /// <summary>The most labels that an element keeps, 1 to 65,536.</summary>
    public int MaxInfluences { get; init; } = 64;

    /// <summary>The most neighbours that an element exchanges influence with, 1 to 65,536.</summary>
    public int MaxNeighbours { get; init; } = 1_024;

    /// <summary><c>l_min</c>: the base probability of an element whose indicators are all 0.</summary>
    public double BaseMin { get; init; } = 0.005;

    /// <summary><c>l_max</c>: the base probability of an element whose indicators are all 1.</summary>
    public double BaseMax { get; init; } = 0.10;

    /// <summary>Where the bands begin.</summary>
    public BandBorders Borders { get; init; } = BandBorders.Standard;

    /// <summary><c>K</c>: how often 1.0 can be multiplied by the largest coupling before it falls below the threshold.</summary>
    public int Hops
    {
        get
        {
            var hops = 0;
            for (var reach = LargestCoupling; reach >= Threshold && hops <= HopLimit; reach *= LargestCoupling)
            {
                hops++;
            }

            return hops;
        }
    }

    /// <summary>The longest half-life of all types, in hours; 0 without types.</summary>
    public double LongestHalfLifeHours => _types.IsEmpty ? 0 : _types.Max(type => type.HalfLifeHours);

    /// <summary>The type of an index.</summary>
    /// <param name="index">The index of a type.</param>
    /// <returns>Null when the package has no such type (any more, or not yet).</returns>
    public EvidenceType? Find(ushort index) => index < _byIndex.Length ? _byIndex[index] : null;

    /// <summary>What is wrong with these numbers, one sentence each; empty when they may be used.</summary>
    public ImmutableArray<string> Mistakes() => RiskMistakes.In(this);

    private static ImmutableArray<EvidenceType?> ByIndex(ImmutableArray<EvidenceType> types)
    {
        var table = new EvidenceType?[types.IsEmpty ? 0 : types.Max(type => type.Index) + 1];
        foreach (var type in types)
        {
            table[type.Index] = type;
        }

        return ImmutableArray.Create(table);
    }
}
