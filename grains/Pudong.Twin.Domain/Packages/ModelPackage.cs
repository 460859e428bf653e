using System.Collections.Frozen;
using System.Collections.Immutable;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Domain.Packages;

/// <summary>A model package, compiled: every name is resolved, every bound is checked, every lookup is prepared.</summary>
/// <remarks>Immutable and shared by everything that runs under it. The kernel finds here whatever it needs to know about kinds, events, evidence and rules.</remarks>
public sealed class ModelPackage
{
    private readonly FrozenDictionary<string, ElementKind> _kinds;
    private readonly FrozenDictionary<string, RelationKind> _relations;
    private readonly FrozenDictionary<uint, RelationKind> _relationNumbers;
    private readonly FrozenDictionary<string, EventType> _eventTypes;
    private readonly FrozenDictionary<uint, EventType> _eventTypeNumbers;
    private readonly FrozenDictionary<string, EvidenceType> _evidence;
    private readonly FrozenDictionary<string, CaseType> _caseTypes;

    /// <summary>Compiles a package.</summary>
    /// <param name="content">Its parts; names are unique within their sort, and so are their numbers.</param>
    /// <exception cref="ArgumentException">Two parts of one sort have the same name or the same number.</exception>
    public ModelPackage(PackageContent content)
    {
        Content = content;
        _kinds = content.Kinds.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);
        _relations = content.Relations.ToFrozenDictionary(relation => relation.Name, StringComparer.Ordinal);
        _relationNumbers = content.Relations.ToFrozenDictionary(relation => relation.Number);
        _eventTypes = content.EventTypes.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);
        _eventTypeNumbers = content.EventTypes.ToFrozenDictionary(type => type.Number);
        _evidence = content.Risk.Types.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);
        _caseTypes = content.CaseTypes.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);
    }

    /// <summary>Everything the package consists of.</summary>
    public PackageContent Content { get; }

    /// <summary>Name and version.</summary>
    public PackageVersion Version => Content.Version;

    /// <summary>The domains of risk, in order.</summary>
    public ImmutableArray<string> Domains => Content.Risk.Domains;

    /// <summary>Domains, evidence types, couplings and bounds of risk.</summary>
    public RiskParameters Risk => Content.Risk;

    /// <summary>The kinds of element.</summary>
    public ImmutableArray<ElementKind> Kinds => Content.Kinds;

    /// <summary>The relation kinds by index.</summary>
    public ImmutableArray<RelationKind> Relations => Content.Relations;

    /// <summary>The event types, built-in ones included.</summary>
    public ImmutableArray<EventType> EventTypes => Content.EventTypes;

    /// <summary>Finds a kind.</summary>
    /// <param name="name">The exact name.</param>
    /// <returns>The kind, or null when there is none.</returns>
    public ElementKind? FindKind(string name) => _kinds.GetValueOrDefault(name);

    /// <summary>Finds a relation kind.</summary>
    /// <param name="name">The exact name.</param>
    /// <returns>The relation kind, or null when there is none.</returns>
    public RelationKind? FindRelation(string name) => _relations.GetValueOrDefault(name);

    /// <summary>Finds a relation kind by the number under which it is stored.</summary>
    /// <param name="number">The number.</param>
    /// <returns>The relation kind, or null when there is none.</returns>
    public RelationKind? FindRelation(uint number) => _relationNumbers.GetValueOrDefault(number);

    /// <summary>Finds an event type.</summary>
    /// <param name="name">The exact name.</param>
    /// <returns>The event type, or null when there is none.</returns>
    public EventType? FindEventType(string name) => _eventTypes.GetValueOrDefault(name);

    /// <summary>Finds an event type by the number under which it is stored.</summary>
    /// <param name="number">The number.</param>
    /// <returns>The event type, or null when there is none.</returns>
    public EventType? FindEventType(uint number) => _eventTypeNumbers.GetValueOrDefault(number);

    /// <summary>Finds an evidence type.</summary>
    /// <param name="name">The exact name.</param>
    /// <returns>The evidence type, or null when there is none.</returns>
    public EvidenceType? FindEvidence(string name) => _evidence.GetValueOrDefault(name);

    /// <summary>Finds a case type.</summary>
    /// <param name="name">The exact name.</param>
    /// <returns>The case type, or null when there is none.</returns>
    public CaseType? FindCaseType(string name) => _caseTypes.GetValueOrDefault(name);

    /// <summary>Name and version.</summary>
    public override string ToString() => Version.ToString();
}
