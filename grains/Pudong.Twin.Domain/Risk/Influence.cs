using System.Collections.Immutable;
using Orleans;
using Pudong.Twin.Domain.Elements;

namespace Pudong.Twin.Domain.Risk;

/// <summary>A label: the published loads of a source in one domain and the best path on which they arrive. What is kept and what is offered look the same.</summary>
/// <remarks>
/// RISK-MODEL.md, sections 5 and 9: <c>(source, domain, π, path, version, loads)</c>, 40 bytes. Two labels of one source, domain and version have the same loads, inside a
/// silo the very object that the source published.
/// </remarks>
[GenerateSerializer, Immutable, Alias("pudong.influence")]
public readonly struct Influence : IEquatable<Influence>
{
    // A byte, because a nested structure would be padded to eight.
    [Id(5)]
    private readonly byte _domain;

    /// <summary>Makes a label.</summary>
    /// <param name="source">The element whose own risk it carries.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="reach"><c>π</c>: the product of couplings along the path, more than 0 and less than 1.</param>
    /// <param name="path">The path, the source first and the element that offers last; the receiver is not in it.</param>
    /// <param name="version">The version of the loads, counted by the source.</param>
    /// <param name="loads">The source's published loads, sorted by type.</param>
    public Influence(ElementId source, RiskDomain domain, double reach, ImmutableArray<ElementId> path, uint version, ImmutableArray<Load> loads)
    {
        Source = source;
        _domain = domain.Index;
        Reach = reach;
        Path = path;
        Version = version;
        Loads = loads;
    }

    /// <summary>The element whose own risk it carries.</summary>
    [Id(0)]
    public ElementId Source { get; }

    /// <summary>The path, the source first and the element that offers last; its length is the number of hops.</summary>
    [Id(1)]
    public ImmutableArray<ElementId> Path { get; }

    /// <summary>The source's published loads, sorted by type, as of their own anchors.</summary>
    [Id(2)]
    public ImmutableArray<Load> Loads { get; }

    /// <summary><c>π</c>: the share of the source's own risk that arrives.</summary>
    [Id(3)]
    public double Reach { get; }

    /// <summary>The version of the loads, counted by the source from 1.</summary>
    [Id(4)]
    public uint Version { get; }

    /// <summary>The domain.</summary>
    public RiskDomain Domain => new(_domain);

    /// <summary>The source and the domain, of which an element keeps one label.</summary>
    public LabelKey Key => new(Source, Domain);

    /// <summary>The element that offered it: the last of the path.</summary>
    public ElementId Via => Path[^1];

    /// <summary>Whether both say the same: equal route and equal version, and therefore equal loads.</summary>
    /// <param name="other">A label.</param>
    public bool Equals(Influence other) => Version == other.Version && Key == other.Key && HasRouteOf(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Influence other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Source, Domain, Version, Reach);

    /// <summary>Whether both labels say the same.</summary>
    /// <param name="left">A label.</param>
    /// <param name="right">Another label.</param>
    public static bool operator ==(Influence left, Influence right) => left.Equals(right);

    /// <summary>Whether two labels differ.</summary>
    /// <param name="left">A label.</param>
    /// <param name="right">Another label.</param>
    public static bool operator !=(Influence left, Influence right) => !left.Equals(right);

    /// <summary>Whether both arrive on the same path with the same reach.</summary>
    /// <param name="other">A label of the same source and domain.</param>
    internal bool HasRouteOf(Influence other) => Reach == other.Reach && (Path == other.Path || Path.AsSpan().SequenceEqual(other.Path.AsSpan()));
}
