using System.Collections.Frozen;
using System.Collections.Immutable;
using Pudong.Twin.Domain.Risk;
using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Domain.Packages;

/// <summary>A kind of element: what is known about its members, how they are measured and what they weigh.</summary>
public sealed class ElementKind
{
    private readonly FrozenDictionary<string, int> _attributes;
    private readonly FrozenDictionary<uint, int> _attributeNumbers;
    private readonly FrozenDictionary<string, int> _readings;
    private readonly FrozenDictionary<uint, int> _readingNumbers;

    /// <summary>Makes a kind.</summary>
    /// <param name="name">The exact name, as in element ids.</param>
    /// <param name="domains">The domains of risk of the package, in order.</param>
    /// <param name="attributes">The attributes by ordinal, the two of <see cref="ElementProperty.CommonAttributes"/> first.</param>
    /// <param name="readings">The readings by ordinal.</param>
    public ElementKind(
        string name, ImmutableArray<string> domains, ImmutableArray<AttributeDefinition> attributes, ImmutableArray<ReadingDefinition> readings)
    {
        Name = name;
        Number = NameHash.Of(name);
        Attributes = attributes;
        Readings = readings;
        Properties = ElementProperty.Of(domains, attributes, readings);
        Schema = new Schema(Properties.Select(property => property.Queryable));
        _attributes = attributes.ToFrozenDictionary(attribute => attribute.Name, attribute => attribute.Ordinal, StringComparer.Ordinal);
        _attributeNumbers = attributes.ToFrozenDictionary(attribute => attribute.Number, attribute => attribute.Ordinal);
        _readings = readings.ToFrozenDictionary(reading => reading.Name, reading => reading.Ordinal, StringComparer.Ordinal);
        _readingNumbers = readings.ToFrozenDictionary(reading => reading.Number, reading => reading.Ordinal);
    }

    /// <summary>The exact name, such as <c>enterprise</c>.</summary>
    public string Name { get; }

    /// <summary>The number under which it is stored.</summary>
    public uint Number { get; }

    /// <summary>What people read instead of the name.</summary>
    public LocalText? Title { get; init; }

    /// <summary>The attributes by ordinal; 0 is <c>town</c> and 1 is <c>village</c> in every kind.</summary>
    public ImmutableArray<AttributeDefinition> Attributes { get; }

    /// <summary>The readings by ordinal; empty for all but sensors.</summary>
    public ImmutableArray<ReadingDefinition> Readings { get; }

    /// <summary>The properties that expressions may name, by the ordinals of <see cref="Schema"/>.</summary>
    public ImmutableArray<ElementProperty> Properties { get; }

    /// <summary>The schema for queries and, followed by the fields of the event, for rules.</summary>
    public Schema Schema { get; }

    /// <summary>How the base load follows from the attributes (RISK-MODEL.md, section 4).</summary>
    public BaseLoadRules BaseLoad { get; init; } = new([]);

    /// <summary>The consequence of an incident, by the code of the attribute <c>exposure</c> where the kind has one (RISK-MODEL.md, section 6).</summary>
    public ConsequenceRules Consequence { get; init; } = new(new Consequence(2), FrozenDictionary<string, Consequence>.Empty);

    /// <summary>The ordinal of the attribute <c>exposure</c>; −1 when the kind has none.</summary>
    public int ExposureAttribute => AttributeOf("exposure");

    /// <summary>How many ids of its last events an element remembers, 16 to 256.</summary>
    public int RememberedEvents { get; init; } = 16;

    /// <summary>How many of its last changes an element keeps for the timeline, 0 to 256.</summary>
    public int HistoryLength { get; init; } = 16;

    /// <summary>How many cases about an element may be open at a time, 1 to 256.</summary>
    public int OpenCaseLimit { get; init; } = 16;

    /// <summary>Finds an attribute.</summary>
    /// <param name="name">The exact name.</param>
    /// <returns>Its ordinal, or −1 when there is none.</returns>
    public int AttributeOf(string name) => _attributes.TryGetValue(name, out var ordinal) ? ordinal : -1;

    /// <summary>Finds an attribute by the number under which it is stored.</summary>
    /// <param name="number">The number.</param>
    /// <returns>Its ordinal, or −1 when there is none.</returns>
    public int AttributeOf(uint number) => _attributeNumbers.TryGetValue(number, out var ordinal) ? ordinal : -1;

    /// <summary>Finds a reading.</summary>
    /// <param name="name">The exact name.</param>
    /// <returns>Its ordinal, or −1 when there is none.</returns>
    public int ReadingOf(string name) => _readings.TryGetValue(name, out var ordinal) ? ordinal : -1;

    /// <summary>Finds a reading by the number under which it is stored.</summary>
    /// <param name="number">The number.</param>
    /// <returns>Its ordinal, or −1 when there is none.</returns>
    public int ReadingOf(uint number) => _readingNumbers.TryGetValue(number, out var ordinal) ? ordinal : -1;

    /// <summary>The name and its number of attributes, for debugging.</summary>
    public override string ToString() => $"{Name} ({Attributes.Length} attributes)";
}
