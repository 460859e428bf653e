using System.Collections.Immutable;
using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Scans.Aggregates;
using Pudong.Twin.Query.Scans.Selection;

namespace Pudong.Twin.Query.Scans;

/// <summary>Questions to tables: counts, aggregates, sorted pages and nearest rows, over one table version or over all partitions of a city.</summary>
/// <remarks>
/// A question reads the versions it is given, so it is consistent in itself and is not disturbed by writers. All tables of one question have the same
/// <see cref="Schemas.Schema"/> object, and the filter is bound to it. Every method is safe to call from many threads.
/// </remarks>
public static class TableScan
{
    /// <summary>Counts the rows that a filter selects.</summary>
    /// <param name="versions">The tables, at least one.</param>
    /// <param name="filter">The filter; null counts all rows.</param>
    /// <param name="nowTicks">The moment that <c>now()</c> means, in UTC ticks.</param>
    /// <param name="options">The limits; null means <see cref="ScanOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the scan within a few blocks.</param>
    /// <exception cref="QueryException">The filter belongs to another schema.</exception>
    public static long Count(
        IReadOnlyList<TableVersion> versions, Filter? filter, long nowTicks = 0, ScanOptions? options = null, CancellationToken cancellationToken = default)
    {
        CheckTables(versions);
        var plan = ScanPlan.For(versions, filter, nowTicks);
        var threads = (options ?? ScanOptions.Default).Threads;
        var counters = BlockWalk.Run(
            BlockWalk.BlocksOf(versions), threads, () => new BlockCounter(plan), (counter, address) => counter.Visit(address), cancellationToken);
        return counters.Sum(counter => counter.Count);
    }

    /// <summary>Computes aggregates; the answer can still be merged with those of other partitions.</summary>
    /// <param name="versions">The tables, at least one.</param>
    /// <param name="query">The question.</param>
    /// <param name="options">The limits; null means <see cref="ScanOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the scan within a few blocks.</param>
    /// <exception cref="QueryException">The question names an unknown or unsuitable queryable, or exceeds a limit.</exception>
    public static PartialAggregates Aggregate(
        IReadOnlyList<TableVersion> versions, AggregateQuery query, ScanOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        CheckTables(versions);
        return new AggregateScan(versions, query, options ?? ScanOptions.Default).Run(cancellationToken);
    }

    /// <summary>Finds a page of rows in an order.</summary>
    /// <typeparam name="TKey">The type of the rows' keys.</typeparam>
    /// <param name="versions">The tables, at least one; in the same order for every page of one walk.</param>
    /// <param name="query">The question.</param>
    /// <param name="options">The limits; null means <see cref="ScanOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the scan within a few blocks.</param>
    /// <exception cref="QueryException">The question names an unknown or unsuitable queryable, exceeds a limit, or has a cursor of another question.</exception>
    public static Page<TKey> Select<TKey>(
        IReadOnlyList<TableVersion<TKey>> versions, SelectQuery<TKey> query, ScanOptions? options = null, CancellationToken cancellationToken = default)
        where TKey : notnull, IComparable<TKey>, IEquatable<TKey>
    {
        ArgumentNullException.ThrowIfNull(query);
        CheckTables(versions);
        return new SelectScan<TKey>(versions, query, options ?? ScanOptions.Default).Run(cancellationToken);
    }

    /// <summary>Finds the rows nearest to a place.</summary>
    /// <typeparam name="TKey">The type of the rows' keys.</typeparam>
    /// <param name="versions">The tables, at least one.</param>
    /// <param name="query">The question.</param>
    /// <param name="options">The limits; null means <see cref="ScanOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the scan within a few blocks.</param>
    /// <exception cref="QueryException">The question names an unknown or unsuitable queryable, a place outside the world, or exceeds a limit.</exception>
    public static ImmutableArray<Neighbour<TKey>> Nearest<TKey>(
        IReadOnlyList<TableVersion<TKey>> versions, NearestQuery query, ScanOptions? options = null, CancellationToken cancellationToken = default)
        where TKey : notnull, IComparable<TKey>, IEquatable<TKey>
    {
        ArgumentNullException.ThrowIfNull(query);
        CheckTables(versions);
        return new NearestScan<TKey>(versions, query, options ?? ScanOptions.Default).Run(cancellationToken);
    }

    private static void CheckTables(IReadOnlyList<TableVersion> versions)
    {
        ArgumentNullException.ThrowIfNull(versions);
        if (versions.Count == 0)
        {
            throw new ArgumentException("A question needs at least one table.", nameof(versions));
        }

        foreach (var version in versions)
        {
            if (!ReferenceEquals(version.Schema, versions[0].Schema))
            {
                throw new ArgumentException("The tables of one question must share one schema object.", nameof(versions));
            }
        }
    }

    private sealed class BlockCounter(ScanPlan plan)
    {
        private readonly ulong[] _mask = new ulong[ColumnBlock.Words];

        public long Count { get; private set; }

        public void Visit(BlockAddress address)
        {
            var known = plan.KnownCount(address.Table, address.Block);
            if (known >= 0)
            {
                Count += known;
            }
            else if (plan.Select(address.Table, address.Block, _mask))
            {
                Count += Masks.Count(_mask);
            }
        }
    }
}
