using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Query.Scans.Selection;

/// <summary>Selection of a sorted page: each thread keeps the first rows of its blocks, and no thread looks at rows that another has already outdone.</summary>
internal sealed class SelectScan<TKey>
    where TKey : notnull, IComparable<TKey>, IEquatable<TKey>
{
    private readonly IReadOnlyList<TableVersion<TKey>> _versions;
    private readonly SelectQuery<TKey> _query;
    private readonly ScanOptions _options;
    private readonly ScanPlan _plan;
    private readonly SortRank _rank;
    private readonly long _firstRank;
    private long _worst = SortRank.Last;

    public SelectScan(IReadOnlyList<TableVersion<TKey>> versions, SelectQuery<TKey> query, ScanOptions options)
    {
        Check(query, versions[0].Schema, options);
        _versions = versions;
        _query = query;
        _options = options;
        _plan = ScanPlan.For(versions, query.Filter, query.NowTicks);
        _rank = SortRank.For(versions, query.Sort.FirstOrDefault());
        _firstRank = query.After is { } after ? _rank.RankOf(after.Values.FirstOrDefault()) : long.MinValue;
    }

    public Page<TKey> Run(CancellationToken cancellationToken)
    {
        var blocks = BlockWalk.BlocksOf(_versions);
        if (_query.Sort.Length > 0)
        {
            // The most promising blocks first: what they hold makes most others not worth a look.
            Array.Sort(Array.ConvertAll(blocks, address => _rank.Best(_versions[address.Table], address.Block)), blocks);
        }

        var workers = BlockWalk.Run(blocks, ThreadsFor(), () => new Worker(this), (worker, address) => worker.Visit(address), cancellationToken);
        var order = new RowComparer<TKey>(_versions, _query);
        var rows = workers.SelectMany(worker => worker.Rows.Candidates).Order(order).Take(_query.Limit).ToList();
        return new Page<TKey>(
            [.. rows.Select(row => new Hit<TKey>(_versions[row.Table], row.Row))],
            _query.CountMatched ? workers.Sum(worker => worker.Matched) : null,
            rows.Count == _query.Limit && rows.Count > 0 ? order.CursorAt(rows[^1]) : null);
    }

    // Rows in stored order come from the first blocks; a second thread would only read further than the page needs.
    private int ThreadsFor() => _query is { Sort.Length: 0, Order: RowOrder.Stored, CountMatched: false } ? 1 : _options.Threads;

    private static void Check(SelectQuery<TKey> query, Schema schema, ScanOptions options)
    {
        if (query.Limit < 0 || query.Limit > options.RowsReturned)
        {
            throw new QueryException(
                $"The query asks for {query.Limit} rows; it must be from 0 to {options.RowsReturned}.", nameof(ScanOptions.RowsReturned));
        }

        foreach (var key in query.Sort)
        {
            var type = schema.Find(key.Property).Type;
            if (type is QueryableType.Geometry or QueryableType.Point or QueryableType.Array)
            {
                throw new QueryException($"Rows cannot be sorted by '{key.Property}', which is of type {type}; sort by a text, number, boolean or time.");
            }
        }

        if (query.After is { } after && after.Values.Length != query.Sort.Length)
        {
            throw new QueryException($"The cursor was made for {after.Values.Length} sort columns and the query has {query.Sort.Length}; repeat the query it came from.");
        }
    }

    private sealed class Worker(SelectScan<TKey> scan)
    {
        private readonly ulong[] _mask = new ulong[ColumnBlock.Words];
        private readonly ushort[] _listed = new ushort[ColumnBlock.Rows];
        private readonly long[] _ranks = new long[ColumnBlock.Rows];
        private readonly RowComparer<TKey> _order = new(scan._versions, scan._query);

        public TopRows Rows { get; } = new(scan._query.Limit, new RowComparer<TKey>(scan._versions, scan._query));

        public long Matched { get; private set; }

        public void Visit(BlockAddress address)
        {
            var version = scan._versions[address.Table];
            var full = IsOutdone(version, address);
            var known = scan._query.CountMatched ? scan._plan.KnownCount(address.Table, address.Block) : 0;
            if (full && known >= 0)
            {
                Matched += known;
                return;
            }

            if (!scan._plan.Select(address.Table, address.Block, _mask))
            {
                return;
            }

            Matched += scan._query.CountMatched ? Masks.Count(_mask) : 0;
            if (!full)
            {
                scan._rank.Narrow(version, address.Block, Volatile.Read(ref scan._worst), _mask);
                Offer(version, address);
            }
        }

        private bool IsOutdone(TableVersion version, BlockAddress address) =>
            scan._query.Limit == 0
            || scan._rank.Best(version, address.Block) > Volatile.Read(ref scan._worst)
            || (scan._query is { Sort.Length: 0, Order: RowOrder.Stored } && IsElsewhere(address));

        // In stored order the page begins in the cursor's block, and ends before the blocks that come after a full page.
        private bool IsElsewhere(BlockAddress address) =>
            Rows.Candidates.Count == scan._query.Limit
            || (scan._query.After is { } after && (address.Table, address.Block).CompareTo((after.Table, after.Row >> ColumnBlock.Shift)) < 0);

        private void Offer(TableVersion version, BlockAddress address)
        {
            var rows = _listed.AsSpan(0, Masks.List(_mask, _listed));
            scan._rank.Rank(version, address.Block, rows, _ranks);
            for (var i = 0; i < rows.Length; i++)
            {
                var candidate = new Candidate(_ranks[i], address.Table, (address.Block << ColumnBlock.Shift) + rows[i]);
                if (candidate.Rank <= Rows.Worst && IsBehindCursor(candidate))
                {
                    Rows.Offer(candidate);
                }
            }

            Share(Rows.Worst);
        }

        private bool IsBehindCursor(Candidate candidate) =>
            scan._query.After is not { } after
            || candidate.Rank > scan._firstRank
            || (candidate.Rank == scan._firstRank && _order.CompareTo(candidate, after) > 0);

        // What one thread's page ends with bounds the page of all.
        private void Share(long worst)
        {
            var known = Volatile.Read(ref scan._worst);
            while (worst < known)
            {
                var before = Interlocked.CompareExchange(ref scan._worst, worst, known);
                if (before == known)
                {
                    return;
                }

                known = before;
            }
        }
    }
}
