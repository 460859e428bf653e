using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Index;
using NetTopologySuite.Index.HPRtree;

namespace Pudong.Twin.Query.Syntax;

/// <summary>Counts pairs of polygon edges whose extents overlap: each of them costs when a polygon is checked or compared.</summary>
/// <remarks>
/// A few thousand long edges side by side are millions of such pairs, and a check of seconds from 40 kB of text. Polygons of
/// maps have a few pairs an edge, however many edges.
/// </remarks>
internal static class EdgePairs
{
    /// <summary>Whether the polygons of a geometry have more pairs than a limit.</summary>
    /// <param name="geometry">A geometry of any type; only rings count.</param>
    /// <param name="limit">The limit.</param>
    public static bool Exceed(Geometry geometry, int limit)
    {
        var rings = PolygonExtracter.GetPolygons(geometry).SelectMany(LinearComponentExtracter.GetLines).Select(ring => ring.Coordinates).ToArray();
        var edges = rings.Sum(ring => ring.LongLength - 1);
        // So few edges that even all their pairs are allowed: nothing to count.
        return edges * (edges - 1) / 2 > limit && Count([.. rings.SelectMany(Extents)], limit) > limit;
    }

    private static IEnumerable<Envelope> Extents(Coordinate[] ring) =>
        Enumerable.Range(1, ring.Length - 1).Select(index => new Envelope(ring[index - 1], ring[index]));

    /// <summary>The pairs, or some number above the limit as soon as it is clear that there are more.</summary>
    private static long Count(Envelope[] edges, int limit)
    {
        var tree = new HPRtree<Envelope>();
        foreach (var edge in edges)
        {
            tree.Insert(edge, edge);
        }

        // Every edge meets itself once, and every pair is met from both of its ends.
        var counter = new Counter();
        var asked = 0;
        while (asked < edges.Length && (counter.Visits - asked) / 2 <= limit)
        {
            tree.Query(edges[asked], counter);
            asked++;
        }

        return (counter.Visits - asked) / 2;
    }

    private sealed class Counter : IItemVisitor<Envelope>
    {
        public long Visits { get; private set; }

        public void VisitItem(Envelope item) => Visits++;
    }
}
