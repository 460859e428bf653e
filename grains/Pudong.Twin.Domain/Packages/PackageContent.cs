using System.Collections.Frozen;
using System.Collections.Immutable;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Domain.Packages;

/// <summary>The parts that a <see cref="ModelPackage"/> is made of, compiled and consistent with each other; the reader of packages fills it, and so can code.</summary>
/// <param name="Version">Name and version.</param>
public sealed record PackageContent(PackageVersion Version)
{
    /// <summary>The packages it builds on, the lowest first, without itself.</summary>
    public ImmutableArray<PackageVersion> Bases { get; init; } = [];

    /// <summary>A number of the whole content, bases included; two packages with the same one are the same.</summary>
    public ulong Fingerprint { get; init; }

    /// <summary>What people read instead of the name.</summary>
    public LocalText? Title { get; init; }

    /// <summary>The kinds of element.</summary>
    public ImmutableArray<ElementKind> Kinds { get; init; } = [];

    /// <summary>The relation kinds by index.</summary>
    public ImmutableArray<RelationKind> Relations { get; init; } = [];

    /// <summary>Domains, evidence types, couplings and bounds of risk.</summary>
    public RiskParameters Risk { get; init; } = new();

    /// <summary>What people read instead of the names of evidence types, by name.</summary>
    public FrozenDictionary<string, LocalText> EvidenceTitles { get; init; } = FrozenDictionary<string, LocalText>.Empty;

    /// <summary>The event types, built-in ones included.</summary>
    public ImmutableArray<EventType> EventTypes { get; init; } = BuiltInEvents.All;

    /// <summary>The case types.</summary>
    public ImmutableArray<CaseType> CaseTypes { get; init; } = [];

    /// <summary>The indicators.</summary>
    public ImmutableArray<Indicator> Indicators { get; init; } = [];

    /// <summary>The governance scenes.</summary>
    public ImmutableArray<Scene> Scenes { get; init; } = [];

    /// <summary>The data contracts.</summary>
    public ImmutableArray<DataContract> Contracts { get; init; } = [];

    /// <summary>The laws that rules and case types rest on.</summary>
    public ImmutableArray<LegalBasis> Laws { get; init; } = [];

    /// <summary>Further texts for people, by key.</summary>
    public FrozenDictionary<string, LocalText> Texts { get; init; } = FrozenDictionary<string, LocalText>.Empty;
}
