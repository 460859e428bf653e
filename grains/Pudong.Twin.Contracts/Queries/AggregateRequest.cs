using System.Collections.Immutable;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Contracts.Queries;

/// <summary>Asks for counts, sums and their kin.</summary>
/// <param name="Selection">Which elements.</param>
/// <param name="Aggregates">What to compute, as <c>count</c>, <c>sum(x)</c>, <c>avg(x)</c>, <c>min(x)</c>, <c>max(x)</c>, <c>quantile(x,q,…)</c>, <c>histogram(x,low,high,bins)</c>, <c>distinct(x)</c>.</param>
[GenerateSerializer, Immutable, Alias("pudong.aggregate-request")]
public sealed record AggregateRequest([property: Id(0)] Selection Selection, [property: Id(1)] ImmutableArray<string> Aggregates)
{
    /// <summary>Names of up to two queryables to group by; empty for one group.</summary>
    [Id(2)]
    public ImmutableArray<string> GroupBy { get; init; } = [];

    /// <summary>How many groups at most, from 1 to 10,000.</summary>
    [Id(3)]
    public int Limit { get; init; } = 1_000;
}

/// <summary>Groups with their aggregates.</summary>
/// <param name="Columns">The names of the values of each group: the keys, then the aggregates.</param>
/// <param name="Groups">The groups, by rising keys.</param>
/// <param name="NumberGroups">How many groups there are in all.</param>
/// <param name="Exact">False when quantiles come from a sketch.</param>
/// <param name="Watermark">Up to where the answer is complete.</param>
[GenerateSerializer, Immutable, Alias("pudong.aggregate-answer")]
public sealed record AggregateAnswer(
    [property: Id(0)] ImmutableArray<string> Columns,
    [property: Id(1)] ImmutableArray<ImmutableArray<Value>> Groups,
    [property: Id(2)] int NumberGroups,
    [property: Id(3)] bool Exact,
    [property: Id(4)] Watermark Watermark);
