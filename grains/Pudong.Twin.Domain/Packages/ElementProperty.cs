using System.Collections.Immutable;
using Pudong.Twin.Query.Schemas;
using Queryable = Pudong.Twin.Query.Schemas.Queryable;

namespace Pudong.Twin.Domain.Packages;

/// <summary>Where the value of a queryable comes from.</summary>
public enum PropertySource
{
    /// <summary><c>id</c>: the whole id.</summary>
    Id,

    /// <summary><c>kind</c>.</summary>
    Kind,

    /// <summary><c>name</c>: what people call the element.</summary>
    Name,

    /// <summary><c>geometry</c>.</summary>
    Geometry,

    /// <summary><c>risk</c>: the score of all domains, 0 to 100.</summary>
    Risk,

    /// <summary><c>band</c>: A to D.</summary>
    Band,

    /// <summary><c>priority</c>: 0 to 100.</summary>
    Priority,

    /// <summary><c>openCases</c>.</summary>
    OpenCases,

    /// <summary><c>revision</c>.</summary>
    Revision,

    /// <summary><c>changed</c>: the time of the last event applied.</summary>
    Changed,

    /// <summary><c>risk.safety</c> and so on; the index is the domain's.</summary>
    DomainRisk,

    /// <summary>An attribute; the index is its ordinal in the kind.</summary>
    Attribute,

    /// <summary><c>reading.pm25</c>: the last value; the index is the reading's ordinal, as with all that follow.</summary>
    ReadingLast,

    /// <summary><c>reading.pm25.min</c> over the reading's window.</summary>
    ReadingMinimum,

    /// <summary><c>reading.pm25.max</c> over the reading's window.</summary>
    ReadingMaximum,

    /// <summary><c>reading.pm25.mean</c> over the reading's window.</summary>
    ReadingMean,

    /// <summary><c>reading.pm25.time</c>: when the last value was measured.</summary>
    ReadingTime,

    /// <summary><c>reading.pm25.state</c>: normal, suspect, alarm, silent or faulty.</summary>
    ReadingState,
}

/// <summary>A queryable of elements: what its value is and where it comes from.</summary>
/// <param name="Queryable">Its name and type.</param>
/// <param name="Source">Where its value comes from.</param>
/// <param name="Index">The domain, attribute or reading, where the source has several; else 0.</param>
public readonly record struct ElementProperty(Queryable Queryable, PropertySource Source, int Index)
{
    /// <summary>The states of a reading as queries name them, by their order of concern.</summary>
    public static ImmutableArray<string> ReadingStates { get; } = ["normal", "suspect", "alarm", "silent", "faulty"];

    /// <summary>The properties that every element has, whatever its kind; they come first in each schema, in this order.</summary>
    public static ImmutableArray<ElementProperty> Common { get; } =
    [
        Of("id", QueryableType.Text, PropertySource.Id, distinct: true),
        Of("kind", QueryableType.Text, PropertySource.Kind),
        Of("name", QueryableType.Text, PropertySource.Name, distinct: true),
        Of("geometry", QueryableType.Geometry, PropertySource.Geometry),
        Of("risk", QueryableType.Number, PropertySource.Risk),
        new(new Queryable("band", QueryableType.Text) { Codes = ["A", "B", "C", "D"] }, PropertySource.Band, 0),
        Of("priority", QueryableType.Number, PropertySource.Priority),
        Of("openCases", QueryableType.Integer, PropertySource.OpenCases),
        Of("revision", QueryableType.Integer, PropertySource.Revision),
        Of("changed", QueryableType.Timestamp, PropertySource.Changed),
    ];

    /// <summary>The attributes that every kind has at ordinals 0 and 1: the codes of the street or town (9 digits) and of the village or residential area (12 digits) that it lies in.</summary>
    public static ImmutableArray<AttributeDefinition> CommonAttributes { get; } =
    [
        new(new Queryable("town", QueryableType.Text), 0) { Title = new("街镇", "Street or town"), Indexed = true, MaximumLength = 9 },
        new(new Queryable("village", QueryableType.Text), 1) { Title = new("村居", "Village or residential area"), Indexed = true, MaximumLength = 12 },
    ];

    /// <summary>The properties of the elements of a kind: the common ones, the risk of each domain, the attributes, the readings.</summary>
    /// <param name="domains">The domains of risk, in order.</param>
    /// <param name="attributes">The kind's attributes by ordinal.</param>
    /// <param name="readings">The kind's readings by ordinal.</param>
    public static ImmutableArray<ElementProperty> Of(
        ImmutableArray<string> domains, ImmutableArray<AttributeDefinition> attributes, ImmutableArray<ReadingDefinition> readings) =>
    [
        .. Common,
        .. domains.Select((domain, index) => Of($"risk.{domain}", QueryableType.Number, PropertySource.DomainRisk, index)),
        .. attributes.Select(attribute => new ElementProperty(attribute.Queryable, PropertySource.Attribute, attribute.Ordinal)),
        .. readings.SelectMany(Of),
    ];

    private static ElementProperty[] Of(ReadingDefinition reading) =>
    [
        Of($"reading.{reading.Name}", QueryableType.Number, PropertySource.ReadingLast, reading.Ordinal),
        Of($"reading.{reading.Name}.min", QueryableType.Number, PropertySource.ReadingMinimum, reading.Ordinal),
        Of($"reading.{reading.Name}.max", QueryableType.Number, PropertySource.ReadingMaximum, reading.Ordinal),
        Of($"reading.{reading.Name}.mean", QueryableType.Number, PropertySource.ReadingMean, reading.Ordinal),
        Of($"reading.{reading.Name}.time", QueryableType.Timestamp, PropertySource.ReadingTime, reading.Ordinal),
        new(new Queryable($"reading.{reading.Name}.state", QueryableType.Text) { Codes = ReadingStates }, PropertySource.ReadingState, reading.Ordinal),
    ];

    private static ElementProperty Of(string name, QueryableType type, PropertySource source, int index = 0, bool distinct = false) =>
        new(new Queryable(name, type) { Distinct = distinct }, source, index);
}
