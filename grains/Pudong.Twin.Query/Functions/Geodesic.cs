using NetTopologySuite.Geometries;

namespace Pudong.Twin.Query.Functions;

/// <summary>Distances on the Earth: along the geodesic of the ellipsoid WGS 84.</summary>
/// <remarks>
/// T. Vincenty, "Direct and inverse solutions of geodesics on the ellipsoid with application of nested equations", Survey Review 23 (176), 1975: the inverse formula,
/// within half a millimetre. Between places almost opposite on the globe it does not converge; they are some 20,000 km apart, and the great circle on the sphere
/// of the mean radius (haversine), within 0.6 %, answers for them.
/// </remarks>
public static class Geodesic
{
    private const double EquatorRadius = 6_378_137.0;
    private const double Flattening = 1 / 298.257223563;
    private const double PoleRadius = EquatorRadius * (1 - Flattening);
    private const double MeanRadius = ((2 * EquatorRadius) + PoleRadius) / 3;
    private const double LeastCurvatureRadius = PoleRadius * PoleRadius / EquatorRadius;
    private const int MostRounds = 100;

    /// <summary>The length of the shortest way between two places.</summary>
    /// <param name="longitude">Of the first place, in degrees; 181 is the same as −179.</param>
    /// <param name="latitude">Of the first place, in degrees from −90 to 90.</param>
    /// <param name="otherLongitude">Of the other place.</param>
    /// <param name="otherLatitude">Of the other place.</param>
    /// <returns>Metres, 0 or more; NaN when a coordinate is none.</returns>
    public static double Distance(double longitude, double latitude, double otherLongitude, double otherLatitude)
    {
        var turn = Radians(Math.IEEERemainder(otherLongitude - longitude, 360));
        var (sinU1, cosU1) = Reduced(latitude);
        var (sinU2, cosU2) = Reduced(otherLatitude);
        var lambda = turn;
        for (var round = 0; round < MostRounds; round++)
        {
            var arc = Arc.At(lambda, sinU1, cosU1, sinU2, cosU2);
            if (arc.Sin.Equals(0))
            {
                // The same place; the opposite one, where the arc is half a turn, goes the other way.
                return arc.Cos > 0 ? 0 : GreatCircle(longitude, latitude, otherLongitude, otherLatitude);
            }

            var next = turn + arc.Excess();
            if (Math.Abs(next - lambda) < 1e-12)
            {
                return arc.Length();
            }

            lambda = next;
        }

        return GreatCircle(longitude, latitude, otherLongitude, otherLatitude);
    }

    /// <summary>A box that holds every place within a distance; it may hold more.</summary>
    /// <param name="longitude">Of the centre, in degrees.</param>
    /// <param name="latitude">Of the centre, in degrees.</param>
    /// <param name="metres">The distance, 0 or more; may be infinite.</param>
    internal static Envelope BoxAround(double longitude, double latitude, double metres)
    {
        // The greatest angle that the distance can span anywhere, and a little more for rounding.
        var angle = metres / LeastCurvatureRadius * 1.01;
        var degrees = Math.Min(Degrees(angle), 360) + 1e-9;
        var touchesPole = latitude + degrees >= 90 || latitude - degrees <= -90;
        var width = touchesPole ? 360 : Degrees(Math.Asin(Math.Min(1, Math.Sin(angle) / Math.Cos(Radians(latitude))))) + 1e-9;
        return touchesPole || Math.Abs(longitude) + width >= 180
            // Across a pole or the antimeridian a box of longitudes would have to be two.
            ? new Envelope(-400, 400, latitude - degrees, latitude + degrees)
            : new Envelope(longitude - width, longitude + width, latitude - degrees, latitude + degrees);
    }

    private static double GreatCircle(double longitude, double latitude, double otherLongitude, double otherLatitude)
    {
        var (a, b) = (Radians(latitude), Radians(otherLatitude));
        var north = Math.Sin((b - a) / 2);
        var east = Math.Sin(Radians(otherLongitude - longitude) / 2);
        var square = (north * north) + (Math.Cos(a) * Math.Cos(b) * east * east);
        return 2 * MeanRadius * Math.Asin(Math.Sqrt(Math.Min(1, square)));
    }

    private static (double Sin, double Cos) Reduced(double latitude)
    {
        var tangent = (1 - Flattening) * Math.Tan(Radians(latitude));
        var cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
        return (tangent * cosine, cosine);
    }

    private static double Radians(double degrees) => degrees * (Math.PI / 180);

    private static double Degrees(double radians) => radians * (180 / Math.PI);

    /// <summary>The arc on the auxiliary sphere between the two places, for one estimate of the difference in longitude (λ of the source).</summary>
    private readonly record struct Arc(double Sin, double Cos, double Angle, double SinAzimuth, double CosSquare, double CosMiddle)
    {
        public static Arc At(double lambda, double sinU1, double cosU1, double sinU2, double cosU2)
        {
            var (sinLambda, cosLambda) = Math.SinCos(lambda);
            var across = cosU2 * sinLambda;
            var along = (cosU1 * sinU2) - (sinU1 * cosU2 * cosLambda);
            var sin = Math.Sqrt((across * across) + (along * along));
            var cos = (sinU1 * sinU2) + (cosU1 * cosU2 * cosLambda);
            var sinAzimuth = sin > 0 ? cosU1 * cosU2 * sinLambda / sin : 0;
            var cosSquare = 1 - (sinAzimuth * sinAzimuth);
            // Along the equator there is no middle latitude.
            var cosMiddle = cosSquare > 0 ? cos - (2 * sinU1 * sinU2 / cosSquare) : 0;
            return new Arc(sin, cos, Math.Atan2(sin, cos), sinAzimuth, cosSquare, cosMiddle);
        }

        /// <summary>By how much λ exceeds the difference in longitude.</summary>
        public double Excess()
        {
            var c = Flattening / 16 * CosSquare * (4 + (Flattening * (4 - (3 * CosSquare))));
            var inner = CosMiddle + (c * Cos * (-1 + (2 * CosMiddle * CosMiddle)));
            return (1 - c) * Flattening * SinAzimuth * (Angle + (c * Sin * inner));
        }

        /// <summary>The length of the geodesic, in metres.</summary>
        public double Length()
        {
            var u = CosSquare * ((EquatorRadius * EquatorRadius) - (PoleRadius * PoleRadius)) / (PoleRadius * PoleRadius);
            var a = 1 + (u / 16384 * (4096 + (u * (-768 + (u * (320 - (175 * u)))))));
            var b = u / 1024 * (256 + (u * (-128 + (u * (74 - (47 * u))))));
            var square = CosMiddle * CosMiddle;
            var third = b / 6 * CosMiddle * (-3 + (4 * Sin * Sin)) * (-3 + (4 * square));
            var second = b / 4 * ((Cos * (-1 + (2 * square))) - third);
            return PoleRadius * a * (Angle - (b * Sin * (CosMiddle + second)));
        }
    }
}
