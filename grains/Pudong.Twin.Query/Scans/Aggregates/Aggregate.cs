namespace Pudong.Twin.Query.Scans.Aggregates;

/// <summary>What an aggregate computes.</summary>
public enum AggregateFunction
{
    /// <summary>Number of rows; of values that are not NULL when a property is named.</summary>
    Count,

    /// <summary>Sum of a number or integer property.</summary>
    Sum,

    /// <summary>Arithmetic mean of a number or integer property.</summary>
    Average,

    /// <summary>Smallest value.</summary>
    Minimum,

    /// <summary>Largest value.</summary>
    Maximum,

    /// <summary>Value at a quantile by nearest rank: the smallest value that at least the given share of values does not exceed.</summary>
    Quantile,

    /// <summary>Counts of equal bins between two numbers; values outside are in none.</summary>
    Histogram,

    /// <summary>Number of different values.</summary>
    Distinct,
}

/// <summary>One figure that is computed for each group of rows. NULLs are left out; a figure of no values is NULL, a count of none is 0.</summary>
/// <param name="Function">What is computed.</param>
/// <param name="Property">The queryable it is computed from; null only for <see cref="AggregateFunction.Count"/>.</param>
public sealed record Aggregate(AggregateFunction Function, string? Property)
{
    /// <summary>The share of a <see cref="AggregateFunction.Quantile"/>.</summary>
    /// <value>From 0 (the minimum) to 1 (the maximum).</value>
    public double Share { get; init; }

    /// <summary>Always from a sketch with a rank error of at most 0.5 %, instead of exactly while memory allows.</summary>
    public bool Approximate { get; init; }

    /// <summary>Lower end of a <see cref="AggregateFunction.Histogram"/>, included.</summary>
    public double Low { get; init; }

    /// <summary>Upper end of a <see cref="AggregateFunction.Histogram"/>, included in the last bin.</summary>
    public double High { get; init; }

    /// <summary>Number of bins of a <see cref="AggregateFunction.Histogram"/>.</summary>
    public int Bins { get; init; }

    /// <summary>Number of rows.</summary>
    public static Aggregate Count() => new(AggregateFunction.Count, null);

    /// <summary>Number of rows whose property is not NULL.</summary>
    /// <param name="property">Any queryable.</param>
    public static Aggregate Count(string property) => new(AggregateFunction.Count, property);

    /// <summary>Sum; the same double whatever the order of the rows, see <see cref="PartialAggregates"/>.</summary>
    /// <param name="property">A number or integer queryable.</param>
    public static Aggregate Sum(string property) => new(AggregateFunction.Sum, property);

    /// <summary>Arithmetic mean.</summary>
    /// <param name="property">A number or integer queryable.</param>
    public static Aggregate Average(string property) => new(AggregateFunction.Average, property);

    /// <summary>Smallest value.</summary>
    /// <param name="property">A number, integer, date or timestamp queryable.</param>
    public static Aggregate Minimum(string property) => new(AggregateFunction.Minimum, property);

    /// <summary>Largest value.</summary>
    /// <param name="property">A number, integer, date or timestamp queryable.</param>
    public static Aggregate Maximum(string property) => new(AggregateFunction.Maximum, property);

    /// <summary>Value at a quantile.</summary>
    /// <param name="property">A number, integer, date or timestamp queryable.</param>
    /// <param name="share">From 0 to 1.</param>
    public static Aggregate Quantile(string property, double share) => new(AggregateFunction.Quantile, property) { Share = share };

    /// <summary>Counts of equal bins.</summary>
    /// <param name="property">A number or integer queryable.</param>
    /// <param name="low">Lower end, included.</param>
    /// <param name="high">Upper end, included in the last bin; more than <paramref name="low"/>.</param>
    /// <param name="bins">From 1 to <see cref="ScanOptions.HistogramBins"/>.</param>
    public static Aggregate Histogram(string property, double low, double high, int bins) =>
        new(AggregateFunction.Histogram, property) { Low = low, High = high, Bins = bins };

    /// <summary>Number of different values.</summary>
    /// <param name="property">Any queryable but an array or a geometry that is not a point.</param>
    public static Aggregate Distinct(string property) => new(AggregateFunction.Distinct, property);
}
