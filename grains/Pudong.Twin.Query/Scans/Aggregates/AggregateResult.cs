using System.Collections.Immutable;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Query.Scans.Aggregates;

/// <summary>The figures of one group.</summary>
/// <param name="Keys">The values of the group's columns, in the order of <see cref="AggregateQuery.GroupBy"/>; NULL is a group of its own.</param>
/// <param name="Figures">The figures, in the order of <see cref="AggregateQuery.Aggregates"/>; a histogram is an array of counts.</param>
public sealed record AggregateGroup(ImmutableArray<Value> Keys, ImmutableArray<Value> Figures);

/// <summary>The answer to an <see cref="AggregateQuery"/>.</summary>
/// <param name="Groups">The groups, ordered by their keys.</param>
/// <param name="Exact">False when a quantile comes from a sketch (rank error at most 0.5 %).</param>
public sealed record AggregateResult(ImmutableArray<AggregateGroup> Groups, bool Exact);
