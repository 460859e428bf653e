using System.Collections.Frozen;
using System.Collections.Immutable;
using Pudong.Twin.Domain.Rules;

namespace Pudong.Twin.Domain.Packages;

/// <summary>What the kernel itself does with an event of a type, besides running the type's rules.</summary>
public enum EventAction
{
    /// <summary>Nothing: the type's rules say it all.</summary>
    None,

    /// <summary><c>element-registered</c>: the element comes into being, or its data is renewed.</summary>
    Register,

    /// <summary><c>element-retired</c>: the element ends, and with it its relations.</summary>
    Retire,

    /// <summary><c>attributes-observed</c>: attributes get values.</summary>
    ObserveAttributes,

    /// <summary><c>relation-added</c>.</summary>
    AddRelation,

    /// <summary><c>relation-removed</c>.</summary>
    RemoveRelation,

    /// <summary><c>evidence-observed</c>: a piece of evidence about the element.</summary>
    ObserveEvidence,

    /// <summary><c>evidence-cleared</c>: a latched condition ended.</summary>
    ClearEvidence,

    /// <summary><c>evidence-withdrawn</c>: a piece, or all of a case's, was false.</summary>
    WithdrawEvidence,

    /// <summary><c>reading-received</c>: a sensor measured.</summary>
    ReceiveReading,

    /// <summary><c>case-opened</c>: a case about the element begins and holds its evidence.</summary>
    OpenCase,

    /// <summary><c>case-closed</c>: with or without verification.</summary>
    CloseCase,

    /// <summary><c>case-reopened</c>: the closing is undone.</summary>
    ReopenCase,

    /// <summary><c>relation-mirrored</c>, derived: the other end of a relation says so.</summary>
    MirrorRelation,

    /// <summary><c>influence-changed</c>, derived (RISK-MODEL.md, section 5).</summary>
    ChangeInfluence,

    /// <summary><c>influence-wanted</c>, derived (RISK-MODEL.md, section 5).</summary>
    WantInfluence,

    /// <summary><c>deadline-passed</c>, derived: a due time of the element was reached.</summary>
    PassDeadline,

    /// <summary><c>package-activated</c>: from here on another package is in force; it has no subject of its own and goes to every element as it is next met.</summary>
    ActivatePackage,
}

/// <summary>A type of event: who may send it about what, with which fields, and which rules it sets off.</summary>
/// <param name="Name">Past participle in kebab case, such as <c>reading-received</c>.</param>
/// <param name="Action">What the kernel itself does with it.</param>
public sealed record EventType(string Name, EventAction Action)
{
    /// <summary>The number under which it is stored.</summary>
    public uint Number { get; } = NameHash.Of(Name);

    /// <summary>What people read instead of the name.</summary>
    public LocalText? Title { get; init; }

    /// <summary>The kinds it may be about; empty for all.</summary>
    public FrozenSet<string> Kinds { get; init; } = FrozenSet<string>.Empty;

    /// <summary>The fields of its data by ordinal; built-in actions read theirs from <see cref="Events.EventData"/> of their own.</summary>
    public ImmutableArray<AttributeDefinition> Fields { get; init; } = [];

    /// <summary>True for types that only the twin itself sends: derived events and deadlines. From outside they are refused.</summary>
    public bool Internal { get; init; }

    /// <summary>True for types that only a person sends (<c>actor-role</c>): no rule, model or scenario may produce one (DOMAIN.md, section 10.3).</summary>
    public bool PersonOnly { get; init; }

    /// <summary>Its rules by kind of subject, in the order in which they run; a kind that is absent has none.</summary>
    public FrozenDictionary<string, ImmutableArray<Rule>> RulesByKind { get; init; } = FrozenDictionary<string, ImmutableArray<Rule>>.Empty;

    /// <summary>The rules for a subject of a kind, in the order in which they run.</summary>
    /// <param name="kind">The kind's name.</param>
    public ImmutableArray<Rule> RulesOf(string kind) => RulesByKind.TryGetValue(kind, out var rules) ? rules : [];

    /// <summary>Whether an event of the type may be about an element of a kind.</summary>
    /// <param name="kind">The kind's name.</param>
    public bool MayBeAbout(string kind) => Kinds.Count == 0 || Kinds.Contains(kind);
}
