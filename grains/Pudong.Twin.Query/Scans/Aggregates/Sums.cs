using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Query.Scans.Aggregates;

/// <summary>Sums and means.</summary>
/// <remarks>
/// A sum is kept as two doubles, the second holding what rounding took from the first (Knuth's TwoSum). That is about 106 bits, so the answer
/// is the same double whatever the order of the rows, the number of threads or the split into partitions, short of sums that cancel almost entirely.
/// </remarks>
internal sealed class Sums<T>(int ordinal) : ValueAccumulator<T>(ordinal)
    where T : unmanaged, System.Numerics.INumber<T>
{
    private Sum[] _sums = [];

    public override void Grow(int groups) => Grow(ref _sums, groups);

    public override void Merge(Accumulator other, ReadOnlySpan<int> map)
    {
        var sums = ((Sums<T>)other)._sums;
        for (var group = 0; group < map.Length; group++)
        {
            ref var sum = ref _sums[map[group]];
            sum.Add(sums[group].High);
            sum.Low += sums[group].Low;
            sum.Count += sums[group].Count;
        }
    }

    public override Value Result(int group, Aggregate aggregate)
    {
        var sum = _sums[group];
        var total = sum.High + sum.Low;
        return sum.Count == 0 ? Value.Null
            : Value.Of(aggregate.Function == AggregateFunction.Sum ? total : total / sum.Count);
    }

    protected override void Add(ReadOnlySpan<T> values, ReadOnlySpan<int> groups)
    {
        var sums = _sums;
        for (var i = 0; i < values.Length; i++)
        {
            ref var sum = ref sums[groups[i]];
            var value = double.CreateTruncating(values[i]);
            sum.Add(value);
            sum.Count++;
            if (typeof(T) == typeof(long))
            {
                // The bits of a large integer that its double does not hold.
                sum.Low += (double)(long.CreateTruncating(values[i]) - (Int128)value);
            }
        }
    }

    private struct Sum
    {
        public double High;
        public double Low;
        public long Count;

        public void Add(double value)
        {
            var total = High + value;
            var part = total - High;
            // An infinite sum has no rounding error to keep.
            var lost = (High - (total - part)) + (value - part);
            Low += double.IsFinite(total) ? lost : 0;
            High = total;
        }
    }
}
