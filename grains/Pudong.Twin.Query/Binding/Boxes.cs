using NetTopologySuite.Geometries;
using Pudong.Twin.Query.Syntax;

namespace Pudong.Twin.Query.Binding;

/// <summary>Boxes as geometries.</summary>
internal static class Boxes
{
    /// <summary>A polygon, or two of them when the box crosses the antimeridian; a line or a point when the box has no width or height.</summary>
    public static Geometry ToGeometry(BoxLiteral box) => box.West <= box.East
        ? Part(box, box.West, box.East)
        : GeometryAssembler.Factory.BuildGeometry([Part(box, box.West, 180), Part(box, -180, box.East)]);

    private static Geometry Part(BoxLiteral box, double west, double east) =>
        GeometryAssembler.Factory.ToGeometry(new Envelope(west, east, box.South, box.North));
}
