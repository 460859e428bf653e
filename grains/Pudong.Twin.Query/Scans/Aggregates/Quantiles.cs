using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Query.Scans.Aggregates;

/// <summary>Quantiles by nearest rank: exact from all values of a group, or from a sketch when there are too many or when asked for.</summary>
internal sealed class Quantiles<T>(int ordinal, QueryableType type, int exactValues) : ValueAccumulator<T>(ordinal)
    where T : unmanaged, System.Numerics.INumber<T>
{
    private Store[] _stores = [];

    public override bool IsExact => Array.TrueForAll(_stores, store => store.Sketch is null);

    public override void Grow(int groups) => Grow(ref _stores, groups);

    public override void Merge(Accumulator other, ReadOnlySpan<int> map)
    {
        var stores = ((Quantiles<T>)other)._stores;
        for (var group = 0; group < map.Length; group++)
        {
            ref var store = ref _stores[map[group]];
            if (stores[group].Sketch is { } sketch)
            {
                store.UseSketch().Merge(sketch);
            }
            else
            {
                store.Add(stores[group].Values.AsSpan(0, stores[group].Count), exactValues);
            }
        }
    }

    public override Value Result(int group, Aggregate aggregate)
    {
        ref var store = ref _stores[group];
        var count = store.Sketch?.Count ?? store.Count;
        if (count == 0)
        {
            return Value.Null;
        }

        var rank = Math.Clamp((long)Math.Ceiling(aggregate.Share * count) - 1, 0, count - 1);
        return RawValues.ToValue(
            store.Sketch is { } sketch ? sketch.AtRank(rank) : Quickselect.AtRank(store.Values.AsSpan(0, store.Count), (int)rank),
            type);
    }

    protected override void Add(ReadOnlySpan<T> values, ReadOnlySpan<int> groups)
    {
        var stores = _stores;
        for (var i = 0; i < values.Length; i++)
        {
            ref var store = ref stores[groups[i]];
            if (store.Sketch is null && store.Count < store.Values?.Length)
            {
                store.Values[store.Count++] = values[i];
            }
            else
            {
                store.Add(values[i], exactValues);
            }
        }
    }

    private struct Store
    {
        public T[]? Values;
        public int Count;
        public QuantileSketch<T>? Sketch;

        public void Add(T value, int exactValues) => Add(new ReadOnlySpan<T>(in value), exactValues);

        public void Add(ReadOnlySpan<T> values, int exactValues)
        {
            if (Sketch is null && (long)Count + values.Length > exactValues)
            {
                UseSketch();
            }

            if (Sketch is not null)
            {
                foreach (var value in values)
                {
                    Sketch.Add(value);
                }

                return;
            }

            if (Values is null || Count + values.Length > Values.Length)
            {
                Array.Resize(ref Values, Math.Max(Count + values.Length, Math.Max(16, Count * 2)));
            }

            values.CopyTo(Values.AsSpan(Count));
            Count += values.Length;
        }

        public QuantileSketch<T> UseSketch()
        {
            if (Sketch is null)
            {
                Sketch = new QuantileSketch<T>();
                foreach (var value in Values.AsSpan(0, Count))
                {
                    Sketch.Add(value);
                }

                (Values, Count) = (null, 0);
            }

            return Sketch;
        }
    }
}
