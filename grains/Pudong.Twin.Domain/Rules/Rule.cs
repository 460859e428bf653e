using System.Collections.Immutable;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Domain.Rules;

/// <summary>One rule of a package, bound to a kind: on an event, when a condition holds, then consequences.</summary>
/// <param name="Name">Unique in the package, in kebab case.</param>
/// <param name="When">The condition over fields, attributes, readings and risk, bound to <see cref="RuleSchema.Of"/>; null holds always.</param>
/// <param name="Then">What follows, in order; their formulas are bound to the same schema.</param>
public sealed record Rule(string Name, Filter? When, ImmutableArray<Consequence> Then)
{
    /// <summary>The laws it rests on, as <c>LegalBasis</c> ids; may be empty.</summary>
    public ImmutableArray<string> LegalBasis { get; init; } = [];
}

/// <summary>What follows when a rule holds.</summary>
public abstract record Consequence;

/// <summary>Evidence on the element itself, or on those it is related to (a device's host).</summary>
/// <param name="Type">Index of the evidence type.</param>
/// <param name="Confidence">0 to 1: a constant or an expression.</param>
public sealed record GiveEvidence(int Type, Formula Confidence) : Consequence
{
    /// <summary>The severity instead of the type's own, 0 to 0.99: for types whose severity depends on a class; null uses the type's.</summary>
    public Formula? Severity { get; init; }

    /// <summary>The reading that scales the severity, for types with a reading range; null for the others.</summary>
    public Formula? Reading { get; init; }

    /// <summary>Index of the relation kind whose targets get the evidence instead; null for the element itself.</summary>
    public int? Along { get; init; }
}

/// <summary>A latched condition ended, on the element itself or on those it is related to.</summary>
/// <param name="Type">Index of the evidence type.</param>
public sealed record ClearEvidence(int Type) : Consequence
{
    /// <inheritdoc cref="GiveEvidence.Along"/>
    public int? Along { get; init; }
}

/// <summary>An attribute of the element gets a value.</summary>
/// <param name="Attribute">The attribute's ordinal in the kind.</param>
/// <param name="Value">The value: an expression over fields, attributes and readings.</param>
public sealed record ChangeAttributeValue(int Attribute, Formula Value) : Consequence;

/// <summary>A relation begins or ends.</summary>
/// <param name="Relation">Index of the relation kind.</param>
/// <param name="Target">A text expression that gives the other element's id.</param>
/// <param name="Added">True when it begins, false when it ends.</param>
public sealed record ChangeRelation(int Relation, Formula Target, bool Added) : Consequence;

/// <summary>A case about the element is asked for.</summary>
/// <param name="CaseType">The case type's name.</param>
public sealed record RequestCase(string CaseType) : Consequence;

/// <summary>Another event about the element follows at once; rules that set each other off are bounded in depth.</summary>
/// <param name="EventType">The event type's name.</param>
/// <param name="Fields">Values of its fields; a field that is absent is NULL.</param>
public sealed record RaiseEvent(string EventType, ImmutableArray<RaisedField> Fields) : Consequence;

/// <summary>A field of an event that a rule raises.</summary>
/// <param name="Field">The field's ordinal in its event type.</param>
/// <param name="Value">The value.</param>
public sealed record RaisedField(int Field, Formula Value);
