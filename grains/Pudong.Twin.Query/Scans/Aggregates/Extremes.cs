using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Query.Scans.Aggregates;

/// <summary>Smallest and largest values.</summary>
internal sealed class Extremes<T>(int ordinal, QueryableType type) : ValueAccumulator<T>(ordinal)
    where T : unmanaged, System.Numerics.INumber<T>
{
    private Extreme[] _extremes = [];

    public override void Grow(int groups) => Grow(ref _extremes, groups);

    public override void Merge(Accumulator other, ReadOnlySpan<int> map)
    {
        var extremes = ((Extremes<T>)other)._extremes;
        for (var group = 0; group < map.Length; group++)
        {
            if (extremes[group].Any)
            {
                _extremes[map[group]].Add(extremes[group].Smallest);
                _extremes[map[group]].Add(extremes[group].Largest);
            }
        }
    }

    public override Value Result(int group, Aggregate aggregate)
    {
        var extreme = _extremes[group];
        return !extreme.Any ? Value.Null
            : RawValues.ToValue(aggregate.Function == AggregateFunction.Minimum ? extreme.Smallest : extreme.Largest, type);
    }

    protected override void Add(ReadOnlySpan<T> values, ReadOnlySpan<int> groups)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _extremes[groups[i]].Add(values[i]);
        }
    }

    private struct Extreme
    {
        public T Smallest;
        public T Largest;
        public bool Any;

        public void Add(T value)
        {
            Smallest = !Any || value < Smallest ? value : Smallest;
            Largest = !Any || value > Largest ? value : Largest;
            Any = true;
        }
    }
}

/// <summary>What the numbers of a column's array mean.</summary>
internal static class RawValues
{
    /// <summary>Makes a value from a double, or from an integer, day number or tick.</summary>
    public static Value ToValue<T>(T raw, QueryableType type)
        where T : unmanaged, System.Numerics.INumber<T> => type switch
        {
            QueryableType.Number => Value.Of(double.CreateTruncating(raw)),
            QueryableType.Date => Value.OfDay(long.CreateTruncating(raw)),
            QueryableType.Timestamp => Value.OfTicks(long.CreateTruncating(raw)),
            _ => Value.Of(long.CreateTruncating(raw)),
        };
}
