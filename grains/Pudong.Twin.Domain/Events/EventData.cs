using System.Collections.Immutable;
using Orleans;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Domain.Events;

/// <summary>What happened, in the form that the event type asks for.</summary>
[GenerateSerializer, Immutable, Alias("pudong.event-data")]
public abstract record EventData;

/// <summary>Nothing but the type itself.</summary>
[GenerateSerializer, Immutable, Alias("pudong.no-data")]
public sealed record NoData : EventData
{
    /// <summary>The only one that is needed.</summary>
    public static NoData Instance { get; } = new();
}

/// <summary>The fields of a type that a package declares.</summary>
/// <param name="Values">One value a field, by the field's ordinal; NULL where the event has none.</param>
[GenerateSerializer, Immutable, Alias("pudong.field-data")]
public sealed record FieldData([property: Id(0)] ImmutableArray<Value> Values) : EventData;

/// <summary>A value of an attribute of the subject's kind.</summary>
/// <param name="Attribute">The attribute's ordinal in its kind.</param>
/// <param name="Value">The value; NULL takes the attribute's value away.</param>
[GenerateSerializer, Immutable, Alias("pudong.attribute-value")]
public readonly record struct AttributeValue([property: Id(0)] int Attribute, [property: Id(1)] Value Value);

/// <summary>A relation from the subject to another element.</summary>
/// <param name="Relation">Index of the relation kind.</param>
/// <param name="Target">The other element.</param>
[GenerateSerializer, Immutable, Alias("pudong.relation-data")]
public sealed record RelationData([property: Id(0)] int Relation, [property: Id(1)] ElementId Target) : EventData;

/// <summary>Attributes that were observed, or that a new element begins with.</summary>
/// <param name="Values">The values, by rising ordinal, each attribute once.</param>
/// <param name="Relations">Relations that begin with the element; empty for a mere observation.</param>
[GenerateSerializer, Immutable, Alias("pudong.attribute-data")]
public sealed record AttributeData(
    [property: Id(0)] ImmutableArray<AttributeValue> Values,
    [property: Id(1)] ImmutableArray<RelationData> Relations) : EventData
{
    /// <summary>Where the element is: a point or a polygon in CRS84; NULL when the event does not say.</summary>
    [Id(2)]
    public Value Geometry { get; init; }

    /// <summary>What people call the element; null when the event does not say.</summary>
    [Id(3)]
    public string? Name { get; init; }
}

/// <summary>A measurement of a sensor.</summary>
/// <param name="Reading">Ordinal of the reading in the sensor's kind.</param>
/// <param name="Number">The measured number, finite, in the reading's unit.</param>
[GenerateSerializer, Immutable, Alias("pudong.reading-data")]
public sealed record ReadingData([property: Id(0)] int Reading, [property: Id(1)] double Number) : EventData;

/// <summary>A piece of evidence.</summary>
/// <param name="Type">Index of the evidence type.</param>
/// <param name="Severity">The incident probability if seen alone and for certain, 0 to 0.99.</param>
/// <param name="Confidence">How sure it is, 0 to 1.</param>
[GenerateSerializer, Immutable, Alias("pudong.evidence-data")]
public sealed record EvidenceData([property: Id(0)] int Type, [property: Id(1)] double Severity, [property: Id(2)] double Confidence) : EventData
{
    /// <summary>The case whose evidence it is, on this element; null outside a case.</summary>
    [Id(3)]
    public string? Case { get; init; }
}

/// <summary>An end of a condition, or a withdrawal as false.</summary>
/// <param name="Type">Index of the evidence type.</param>
[GenerateSerializer, Immutable, Alias("pudong.evidence-end-data")]
public sealed record EvidenceEndData([property: Id(0)] int Type) : EventData
{
    /// <summary>The event that brought the piece to be withdrawn; null where all of the type, or of a case, is meant.</summary>
    [Id(1)]
    public EventKey? Piece { get; init; }

    /// <summary>The case whose evidence ends; null outside a case.</summary>
    [Id(2)]
    public string? Case { get; init; }
}

/// <summary>What happened to a case about the element.</summary>
/// <param name="Case">The case's id, unique for the element.</param>
/// <param name="CaseType">The case type's name.</param>
[GenerateSerializer, Immutable, Alias("pudong.case-data")]
public sealed record CaseData([property: Id(0)] string Case, [property: Id(1)] string CaseType) : EventData
{
    /// <summary>Of a closing: whether the handling was verified; only then does the evidence end.</summary>
    [Id(2)]
    public bool Verified { get; init; }

    /// <summary>Of an opening: index of the evidence type that the case holds a share of; null for none.</summary>
    [Id(3)]
    public int? Evidence { get; init; }
}
