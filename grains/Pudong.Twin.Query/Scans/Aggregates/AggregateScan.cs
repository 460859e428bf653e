using System.Collections.Immutable;
using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Query.Scans.Aggregates;

/// <summary>Aggregation of the rows of some tables: each thread accumulates blocks for itself, then the threads' figures merge.</summary>
internal sealed class AggregateScan
{
    private readonly AggregateQuery _query;
    private readonly Schema _schema;
    private readonly ScanOptions _options;
    private readonly ScanPlan _plan;

    public AggregateScan(IReadOnlyList<TableVersion> versions, AggregateQuery query, ScanOptions options)
    {
        AggregateChecks.Check(query, versions[0].Schema, options);
        _query = query;
        _schema = versions[0].Schema;
        _options = options;
        _plan = ScanPlan.For(versions, query.Filter, query.NowTicks);
    }

    public PartialAggregates Run(CancellationToken cancellationToken)
    {
        var workers = BlockWalk.Run(
            BlockWalk.BlocksOf(_plan.Versions), _options.Threads, () => new Worker(this), (worker, address) => worker.Visit(address), cancellationToken);
        var result = workers[0].Finish();
        foreach (var worker in workers.AsSpan(1))
        {
            result.Merge(worker.Finish());
        }

        return result;
    }

    // One accumulator serves all aggregates that it can answer from the same values.
    private static string Sharing(Aggregate aggregate) => aggregate.Function switch
    {
        AggregateFunction.Sum or AggregateFunction.Average => $"sum {aggregate.Property}",
        AggregateFunction.Minimum or AggregateFunction.Maximum => $"extremes {aggregate.Property}",
        AggregateFunction.Quantile => $"quantiles {aggregate.Approximate} {aggregate.Property}",
        AggregateFunction.Histogram => $"histogram {aggregate.Low:R} {aggregate.High:R} {aggregate.Bins} {aggregate.Property}",
        _ => $"{aggregate.Function} {aggregate.Property}",
    };

    private Accumulator Accumulate(Aggregate aggregate)
    {
        if (aggregate.Property is null)
        {
            return new RowCounts();
        }

        var ordinal = _schema.OrdinalOf(aggregate.Property);
        return aggregate.Function switch
        {
            AggregateFunction.Count => new ValueCounts(ordinal),
            AggregateFunction.Distinct => new DistinctValues(ordinal, _options.DistinctValues),
            _ when _schema[ordinal].Type == QueryableType.Number => AccumulateValues<double>(aggregate, ordinal),
            _ => AccumulateValues<long>(aggregate, ordinal),
        };
    }

    private Accumulator AccumulateValues<T>(Aggregate aggregate, int ordinal)
        where T : unmanaged, System.Numerics.INumber<T> => aggregate.Function switch
        {
            AggregateFunction.Minimum or AggregateFunction.Maximum => new Extremes<T>(ordinal, _schema[ordinal].Type),
            AggregateFunction.Quantile => new Quantiles<T>(ordinal, _schema[ordinal].Type, aggregate.Approximate ? 0 : _options.ExactQuantileValues),
            AggregateFunction.Histogram => new Histograms<T>(ordinal, aggregate.Low, aggregate.High, aggregate.Bins),
            _ => new Sums<T>(ordinal),
        };

    private sealed class Worker
    {
        private readonly AggregateScan _scan;
        private readonly Grouping _grouping;
        private readonly Accumulator[] _accumulators;
        private readonly int[] _accumulatorOf;
        private readonly BlockRows _rows = new();
        private readonly ulong[] _mask = new ulong[ColumnBlock.Words];

        public Worker(AggregateScan scan)
        {
            _scan = scan;
            var columns = scan._query.GroupBy.Select(key => GroupColumn.For(scan._schema, scan._schema.OrdinalOf(key.Property), key.Unit));
            _grouping = new Grouping([.. columns], scan._options.Groups);
            var shared = scan._query.Aggregates.Select(Sharing).ToImmutableArray();
            var kinds = shared.Distinct().ToImmutableArray();
            _accumulators = [.. kinds.Select(kind => scan.Accumulate(scan._query.Aggregates[shared.IndexOf(kind)]))];
            _accumulatorOf = [.. shared.Select(kind => kinds.IndexOf(kind))];
        }

        public void Visit(BlockAddress address)
        {
            if (!_scan._plan.Select(address.Table, address.Block, _mask))
            {
                return;
            }

            _rows.Fill(_scan._plan.Versions[address.Table], address.Block, _mask);
            _grouping.Assign(_rows);
            foreach (var accumulator in _accumulators)
            {
                accumulator.Grow(_grouping.Count);
                accumulator.Add(_rows);
            }
        }

        public PartialAggregates Finish()
        {
            foreach (var accumulator in _accumulators)
            {
                accumulator.Grow(_grouping.Count);
            }

            var groups = Enumerable.Range(0, _grouping.Count).Select(_grouping.ValuesOf).ToList();
            return new PartialAggregates(_scan._query, _scan._options.Groups, _accumulators, _accumulatorOf, groups);
        }
    }
}
