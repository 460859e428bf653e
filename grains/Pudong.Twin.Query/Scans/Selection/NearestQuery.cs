using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Query.Scans.Selection;

/// <summary>The rows nearest to a place, nearest first; rows of equal distance as they stand in their tables. Rows without a point are left out.</summary>
/// <param name="Property">A point queryable.</param>
/// <param name="Longitude">Degrees, −180 to 180.</param>
/// <param name="Latitude">Degrees, −90 to 90.</param>
/// <param name="Limit">Rows at most, from 1 to <see cref="ScanOptions.RowsReturned"/>.</param>
public sealed record NearestQuery(string Property, double Longitude, double Latitude, int Limit)
{
    /// <summary>Rows farther away are left out; metres along the geodesic of WGS 84, 0 or more.</summary>
    public double MaxDistance { get; init; } = double.PositiveInfinity;

    /// <summary>Selects the rows; null takes all.</summary>
    public Filter? Filter { get; init; }

    /// <summary>The moment that <c>now()</c> means in the filter, in UTC ticks.</summary>
    public long NowTicks { get; init; }
}

/// <summary>A row and how far away it is.</summary>
/// <typeparam name="TKey">The type of the rows' keys.</typeparam>
/// <param name="Hit">The row.</param>
/// <param name="Distance">Metres along the geodesic of WGS 84.</param>
public readonly record struct Neighbour<TKey>(Hit<TKey> Hit, double Distance)
    where TKey : notnull, IComparable<TKey>, IEquatable<TKey>;
