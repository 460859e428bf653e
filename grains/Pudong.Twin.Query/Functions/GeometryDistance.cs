using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Distance;

namespace Pudong.Twin.Query.Functions;

/// <summary>The distance of two geometries in metres, the meaning of <c>distance(geom, geom)</c>.</summary>
/// <remarks>
/// The two nearest places are looked for on a plane with longitudes shortened by the cosine of the middle latitude, and the geodesic between them is
/// measured (<see cref="Geodesic"/>). For points that is the geodesic itself; for other geometries it is good where they are small against the Earth.
/// As everywhere in filters, shapes lie on the plane: they do not reach across the antimeridian.
/// </remarks>
internal static class GeometryDistance
{
    /// <summary>Measures.</summary>
    /// <returns>Metres; 0 when they meet; null when one of them is empty.</returns>
    public static double? Between(Geometry left, Geometry right)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return null;
        }

        if (left is Point a && right is Point b)
        {
            return Geodesic.Distance(a.X, a.Y, b.X, b.Y);
        }

        var both = left.EnvelopeInternal.Copy();
        both.ExpandToInclude(right.EnvelopeInternal);
        var shrink = Math.Max(Math.Cos((both.MinY + both.MaxY) / 2 * (Math.PI / 180)), 1e-9);
        var scale = AffineTransformation.ScaleInstance(shrink, 1);
        var places = DistanceOp.NearestPoints(scale.Transform(left), scale.Transform(right));
        return Geodesic.Distance(places[0].X / shrink, places[0].Y, places[1].X / shrink, places[1].Y);
    }
}
