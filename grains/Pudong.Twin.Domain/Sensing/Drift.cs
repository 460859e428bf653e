using System.Collections.Immutable;

namespace Pudong.Twin.Domain.Sensing;

/// <summary>Whether a sensor has drifted away from its own past, by a robust z-score.</summary>
/// <remarks>
/// z = |x − median| / (1.4826 · median of |xᵢ − median|), with the means of the window's closed buckets as xᵢ and the mean of the newest one as x. Median and median
/// distance, unlike mean and deviation, are not pulled along by the very values that are looked for. The factor makes the median distance of a normal distribution its
/// standard deviation.
/// </remarks>
public static class Drift
{
    /// <summary>How many earlier buckets are needed for a verdict.</summary>
    public const int Fewest = 5;

    private const double Scale = 1.4826;

    /// <summary>The robust z-score of the newest value among earlier ones.</summary>
    /// <param name="earlier">The closed buckets before it.</param>
    /// <param name="newest">The newest bucket's mean.</param>
    /// <returns>The score, 0 or more; null where there are fewer than <see cref="Fewest"/> buckets, or no spread to measure by.</returns>
    public static double? ScoreOf(ImmutableArray<Bucket> earlier, double newest)
    {
        if (earlier.IsDefault || earlier.Length < Fewest)
        {
            return null;
        }

        Span<double> values = stackalloc double[RollingWindow.Buckets + 1];
        values = values[..Math.Min(values.Length, earlier.Length)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = earlier[earlier.Length - values.Length + i].Mean;
        }

        var median = MedianOf(values);
        foreach (ref var value in values)
        {
            value = Math.Abs(value - median);
        }

        var spread = MedianOf(values);
        return spread > 0 ? Math.Abs(newest - median) / (Scale * spread) : null;
    }

    private static double MedianOf(Span<double> values)
    {
        values.Sort();
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
