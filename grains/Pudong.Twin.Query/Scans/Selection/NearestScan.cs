using System.Collections.Immutable;
using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Functions;
using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Query.Scans.Selection;

/// <summary>Search for the nearest rows: blocks from near to far, and of each only the cells within the distance that is still of interest.</summary>
internal sealed class NearestScan<TKey> : IComparer<Candidate>
    where TKey : notnull, IComparable<TKey>, IEquatable<TKey>
{
    private readonly IReadOnlyList<TableVersion<TKey>> _versions;
    private readonly NearestQuery _query;
    private readonly ScanOptions _options;
    private readonly ScanPlan _plan;
    private readonly int _ordinal;
    private double _radius;

    public NearestScan(IReadOnlyList<TableVersion<TKey>> versions, NearestQuery query, ScanOptions options)
    {
        Check(query, versions[0].Schema, options);
        _versions = versions;
        _query = query;
        _options = options;
        _plan = ScanPlan.For(versions, query.Filter, query.NowTicks);
        _ordinal = versions[0].Schema.OrdinalOf(query.Property);
        _radius = query.MaxDistance;
    }

    public ImmutableArray<Neighbour<TKey>> Run(CancellationToken cancellationToken)
    {
        var blocks = BlockWalk.BlocksOf(_versions);
        Array.Sort(Array.ConvertAll(blocks, DistanceTo), blocks);
        var workers = BlockWalk.Run(blocks, _options.Threads, () => new Worker(this), (worker, address) => worker.Visit(address), cancellationToken);
        var rows = workers.SelectMany(worker => worker.Rows.Candidates).Order(this).Take(_query.Limit);
        return [.. rows.Select(row => new Neighbour<TKey>(
            new Hit<TKey>(_versions[row.Table], row.Row), BitConverter.Int64BitsToDouble(row.Rank)))];
    }

    /// <summary>Nearest first; a distance is never negative, so its bits are in its order.</summary>
    public int Compare(Candidate left, Candidate right) =>
        (left.Rank, left.Table, left.Row).CompareTo((right.Rank, right.Table, right.Row));

    private static void Check(NearestQuery query, Schema schema, ScanOptions options)
    {
        if (query.Limit < 1 || query.Limit > options.RowsReturned)
        {
            throw new QueryException(
                $"The query asks for the {query.Limit} nearest rows; it must be from 1 to {options.RowsReturned}.", nameof(ScanOptions.RowsReturned));
        }

        if (!(Math.Abs(query.Longitude) <= 180 && Math.Abs(query.Latitude) <= 90))
        {
            throw new QueryException($"The place {query.Longitude} {query.Latitude} is outside the world; longitude is from -180 to 180 and latitude from -90 to 90.");
        }

        if (!(query.MaxDistance >= 0))
        {
            throw new QueryException($"The greatest distance is {query.MaxDistance} metres; it must be 0 or more.");
        }

        var type = schema.Find(query.Property).Type;
        if (type != QueryableType.Point)
        {
            throw new QueryException($"Distances cannot be measured to '{query.Property}', which is of type {type}; name a point.");
        }
    }

    // Only an order to begin with, so the nearest corner on the map is near enough.
    private double DistanceTo(BlockAddress address)
    {
        var bounds = ((PointBlock)_versions[address.Table].Column(_ordinal, address.Block)).Bounds;
        return bounds.IsNull ? double.PositiveInfinity : Geodesic.Distance(
            _query.Longitude,
            _query.Latitude,
            Math.Clamp(_query.Longitude, bounds.MinX, bounds.MaxX),
            Math.Clamp(_query.Latitude, bounds.MinY, bounds.MaxY));
    }

    private sealed class Worker(NearestScan<TKey> scan)
    {
        private readonly ulong[] _mask = new ulong[ColumnBlock.Words];
        private readonly ushort[] _listed = new ushort[ColumnBlock.Rows];

        public TopRows Rows { get; } = new(scan._query.Limit, scan);

        public void Visit(BlockAddress address)
        {
            var column = (PointBlock)scan._versions[address.Table].Column(scan._ordinal, address.Block);
            var box = Geodesic.BoxAround(scan._query.Longitude, scan._query.Latitude, Volatile.Read(ref scan._radius));
            if (!box.Intersects(column.Bounds) || !scan._plan.Select(address.Table, address.Block, _mask))
            {
                return;
            }

            Kernel.RemoveNulls(_mask, column.Nulls);
            BoxTest.NarrowCells(column, box, _mask);
            foreach (var row in _listed.AsSpan(0, Masks.List(_mask, _listed)))
            {
                Offer(column, address, row);
            }
        }

        private void Offer(PointBlock column, BlockAddress address, ushort row)
        {
            var distance = Geodesic.Distance(scan._query.Longitude, scan._query.Latitude, column.X[row], column.Y[row]);
            if (distance <= Volatile.Read(ref scan._radius))
            {
                Rows.Offer(new Candidate(BitConverter.DoubleToInt64Bits(distance), address.Table, (address.Block << ColumnBlock.Shift) + row));
                Share(Rows.Worst);
            }
        }

        // What is farther than the last of one thread's full page is not on the page of all.
        private void Share(long worst)
        {
            if (worst == SortRank.Last)
            {
                return;
            }

            var radius = BitConverter.Int64BitsToDouble(worst);
            var known = Volatile.Read(ref scan._radius);
            while (radius < known)
            {
                var before = Interlocked.CompareExchange(ref scan._radius, radius, known);
                if (before.Equals(known))
                {
                    return;
                }

                known = before;
            }
        }
    }
}
