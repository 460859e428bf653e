using System.Collections.Immutable;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Query.Scans.Aggregates;

/// <summary>How a column forms groups.</summary>
public enum GroupUnit
{
    /// <summary>A group for each value.</summary>
    Value,

    /// <summary>A group for each UTC hour of a timestamp; its key is the start of the hour.</summary>
    Hour,

    /// <summary>A group for each UTC day of a timestamp or date; its key is the start of the day.</summary>
    Day,

    /// <summary>A group for each UTC month of a timestamp or date; its key is the start of the month.</summary>
    Month,
}

/// <summary>A column that rows are grouped by.</summary>
/// <param name="Property">The queryable: any but geometries and arrays.</param>
/// <param name="Unit">For dates and timestamps, how much time a group spans.</param>
public sealed record GroupKey(string Property, GroupUnit Unit = GroupUnit.Value);

/// <summary>Figures over the rows that a filter selects, for each group of them.</summary>
public sealed record AggregateQuery
{
    /// <summary>Selects the rows; null takes all.</summary>
    public Filter? Filter { get; init; }

    /// <summary>The figures; at least one.</summary>
    public required ImmutableArray<Aggregate> Aggregates { get; init; }

    /// <summary>None, one or two columns; with none there is one group, also when no row is selected.</summary>
    public ImmutableArray<GroupKey> GroupBy { get; init; } = [];

    /// <summary>The moment that <c>now()</c> means in the filter, in UTC ticks.</summary>
    public long NowTicks { get; init; }
}
