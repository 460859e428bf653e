using Queryable = Pudong.Twin.Query.Schemas.Queryable;

namespace Pudong.Twin.Domain.Packages;

/// <summary>An attribute of a kind, or a field of an event type: a named value with a type and a range.</summary>
/// <param name="Queryable">Its name and type, with the codes of a code list.</param>
/// <param name="Ordinal">Its place among the attributes of its kind, or the fields of its event type, from 0.</param>
public sealed record AttributeDefinition(Queryable Queryable, int Ordinal)
{
    /// <summary>The exact name.</summary>
    public string Name => Queryable.Name;

    /// <summary>The number under which it is stored.</summary>
    public uint Number { get; } = NameHash.Of(Queryable.Name);

    /// <summary>What people read instead of the name.</summary>
    public LocalText? Title { get; init; }

    /// <summary>The unit in UCUM, such as <c>mm</c>, <c>Cel</c>, <c>ug/m3</c>; null for a value without one.</summary>
    public string? Unit { get; init; }

    /// <summary>The smallest number allowed; null for no bound.</summary>
    public double? Minimum { get; init; }

    /// <summary>The largest number allowed; null for no bound.</summary>
    public double? Maximum { get; init; }

    /// <summary>The most characters of a text, 1 to 4,096.</summary>
    public int MaximumLength { get; init; } = 256;

    /// <summary>Whether a column is kept of it, so that scans are fast; of fields it says nothing.</summary>
    public bool Indexed { get; init; }

    /// <summary>Whether an event must have the field; of attributes it says nothing.</summary>
    public bool Required { get; init; }
}
