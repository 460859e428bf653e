using System.Numerics;

namespace Pudong.Twin.Query.Scans.Aggregates;

/// <summary>Finds the value of a rank without sorting everything.</summary>
internal static class Quickselect
{
    private const int SortBelow = 32;

    // From here on a sample pays: it tells where the value lies, and one pass leaves the few percent of values around it.
    private const int SampleFrom = 1_024;

    /// <summary>Moves values so that the one of a rank can be told, and returns it.</summary>
    /// <param name="values">The values; they are reordered.</param>
    /// <param name="rank">From 0 to the number of values less one.</param>
    public static T AtRank<T>(Span<T> values, int rank)
        where T : unmanaged, INumber<T>
    {
        if (values.Length >= SampleFrom && TryNarrow(values, rank, out var around, out var below))
        {
            values = around;
            rank -= below;
        }

        return Select(values, rank);
    }

    // Gathers the values between two of a sample that most likely enclose the rank in front. It fails, harmlessly, when they do not.
    private static bool TryNarrow<T>(Span<T> values, int rank, out Span<T> around, out int below)
        where T : unmanaged, INumber<T>
    {
        var size = Math.Min(256, (int)Math.Sqrt(values.Length));
        Span<T> sample = stackalloc T[size];
        for (var i = 0; i < size; i++)
        {
            sample[i] = values[(int)((long)i * values.Length / size)];
        }

        sample.Sort();
        var share = (rank + 0.5) / values.Length;
        // Three standard deviations of the rank that the value has in the sample.
        var margin = (3 * Math.Sqrt(size * share * (1 - share))) + 1;
        var first = (int)Math.Floor((share * size) - margin);
        var last = (int)Math.Ceiling((share * size) + margin);
        (below, var inside) = Gather(values, first < 0 ? null : sample[first], last >= size ? null : sample[last]);
        around = values[..inside];
        return rank >= below && rank < below + around.Length;
    }

    private static (int Below, int Inside) Gather<T>(Span<T> values, T? low, T? high)
        where T : unmanaged, INumber<T>
    {
        // An end that is missing is open: no value lies beyond it.
        var (isLow, lowest, isHigh, highest) = (low.HasValue, low.GetValueOrDefault(), high.HasValue, high.GetValueOrDefault());
        var (below, inside) = (0, 0);
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            var isBelow = isLow & value < lowest;
            below += isBelow ? 1 : 0;
            if (!isBelow & !(isHigh & value > highest))
            {
                values[i] = values[inside];
                values[inside] = value;
                inside++;
            }
        }

        return (below, inside);
    }

    private static T Select<T>(Span<T> values, int rank)
        where T : unmanaged, INumber<T>
    {
        var rounds = 0;
        while (values.Length > SortBelow)
        {
            // Bad pivots again and again: sorting the rest bounds the worst case.
            if (++rounds > 64)
            {
                break;
            }

            var (below, equal) = Partition(values, Pivot(values));
            if (rank < below)
            {
                values = values[..below];
            }
            else if (rank < below + equal)
            {
                return values[rank];
            }
            else
            {
                values = values[(below + equal)..];
                rank -= below + equal;
            }
        }

        values.Sort();
        return values[rank];
    }

    // Three parts, so that many equal values are no worst case.
    private static (int Below, int Equal) Partition<T>(Span<T> values, T pivot)
        where T : unmanaged, INumber<T>
    {
        var below = 0;
        var above = values.Length;
        for (var i = 0; i < above;)
        {
            var value = values[i];
            if (value < pivot)
            {
                (values[below], values[i]) = (value, values[below]);
                below++;
                i++;
            }
            else if (value > pivot)
            {
                above--;
                (values[above], values[i]) = (value, values[above]);
            }
            else
            {
                i++;
            }
        }

        return (below, above - below);
    }

    // The median of nine spread values.
    private static T Pivot<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>
    {
        var step = values.Length / 9;
        return Middle(
            Middle(values[step / 2], values[step], values[2 * step]),
            Middle(values[3 * step], values[4 * step], values[5 * step]),
            Middle(values[6 * step], values[7 * step], values[8 * step]));
    }

    private static T Middle<T>(T a, T b, T c)
        where T : unmanaged, INumber<T>
    {
        if (a > b)
        {
            (a, b) = (b, a);
        }

        return b <= c ? b : a > c ? a : c;
    }
}
