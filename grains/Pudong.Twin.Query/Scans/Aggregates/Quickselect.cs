namespace Pudong.Twin.Query.Scans.Aggregates;

/// <summary>Finds the value of a rank without sorting everything.</summary>
internal static class Quickselect
{
    private const int SortBelow = 32;

    /// <summary>Moves values so that the one of a rank stands where it would after sorting, and returns it.</summary>
    /// <param name="values">The values; they are reordered.</param>
    /// <param name="rank">From 0 to the number of values less one.</param>
    public static T AtRank<T>(Span<T> values, int rank)
        where T : IComparable<T>
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
        where T : IComparable<T>
    {
        var below = 0;
        var above = values.Length;
        for (var i = 0; i < above;)
        {
            var order = values[i].CompareTo(pivot);
            if (order < 0)
            {
                (values[below], values[i]) = (values[i], values[below]);
                below++;
                i++;
            }
            else if (order > 0)
            {
                above--;
                (values[above], values[i]) = (values[i], values[above]);
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
        where T : IComparable<T>
    {
        var step = values.Length / 9;
        return Middle(
            Middle(values[step / 2], values[step], values[2 * step]),
            Middle(values[3 * step], values[4 * step], values[5 * step]),
            Middle(values[6 * step], values[7 * step], values[8 * step]));
    }

    private static T Middle<T>(T a, T b, T c)
        where T : IComparable<T>
    {
        if (a.CompareTo(b) > 0)
        {
            (a, b) = (b, a);
        }

        return b.CompareTo(c) <= 0 ? b : a.CompareTo(c) > 0 ? a : c;
    }
}
