using System.Collections.Immutable;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Query.Scans.Aggregates;

/// <summary>Counts of equal bins between two numbers.</summary>
internal sealed class Histograms<T>(int ordinal, double low, double high, int bins) : ValueAccumulator<T>(ordinal)
    where T : unmanaged, System.Numerics.INumber<T>
{
    // 128 MiB.
    private const int MostCounts = 1 << 24;

    private readonly double _scale = bins / (high - low);
    private long[] _counts = [];

    public override void Grow(int groups)
    {
        if ((long)groups * bins > MostCounts)
        {
            throw new QueryException(
                $"The query forms {groups} groups with a histogram of {bins} bins each; ask for fewer bins or groups, at most {MostCounts} together.",
                nameof(ScanOptions.HistogramBins));
        }

        Grow(ref _counts, groups * bins);
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map)
    {
        var counts = ((Histograms<T>)other)._counts;
        for (var group = 0; group < map.Length; group++)
        {
            for (var bin = 0; bin < bins; bin++)
            {
                _counts[(map[group] * bins) + bin] += counts[(group * bins) + bin];
            }
        }
    }

    public override Value Result(int group, Aggregate aggregate) =>
        Value.Of(ImmutableArray.CreateRange(_counts.Skip(group * bins).Take(bins).Select(Value.Of)));

    protected override void Add(ReadOnlySpan<T> values, ReadOnlySpan<int> groups)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var value = double.CreateTruncating(values[i]);
            if (value >= low && value <= high)
            {
                // The upper end belongs to the last bin.
                var bin = Math.Min((int)((value - low) * _scale), bins - 1);
                _counts[(groups[i] * bins) + bin]++;
            }
        }
    }
}
