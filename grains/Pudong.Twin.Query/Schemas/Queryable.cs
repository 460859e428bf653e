using System.Collections.Immutable;

namespace Pudong.Twin.Query.Schemas;

/// <summary>The type of a queryable.</summary>
public enum QueryableType
{
    /// <summary>Unicode text, compared by code point.</summary>
    Text,

    /// <summary>A double.</summary>
    Number,

    /// <summary>A 64-bit integer.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A UTC day.</summary>
    Date,

    /// <summary>An instant.</summary>
    Timestamp,

    /// <summary>A point, kept as two doubles.</summary>
    Point,

    /// <summary>Any geometry.</summary>
    Geometry,

    /// <summary>A list of values; its items have <see cref="Queryable.ItemType"/>.</summary>
    Array,
}

/// <summary>A property that expressions may name.</summary>
/// <param name="Name">The exact name; case counts.</param>
/// <param name="Type">The type of its values; every value may also be NULL.</param>
public sealed record Queryable(string Name, QueryableType Type)
{
    /// <summary>What a person reads instead of the name.</summary>
    public string? Title { get; init; }

    /// <summary>The codes of a code list, a <see cref="QueryableType.Text"/> of few known values; empty for free text.</summary>
    public ImmutableArray<string> Codes { get; init; } = [];

    /// <summary>The type of the items of an <see cref="QueryableType.Array"/>: text, number, integer or boolean.</summary>
    public QueryableType ItemType { get; init; } = QueryableType.Text;

    /// <summary>True for text that differs in almost every row: a column of it is kept plain and not coded by a dictionary.</summary>
    public bool Distinct { get; init; }
}
