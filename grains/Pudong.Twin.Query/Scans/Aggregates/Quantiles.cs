using System.Buffers;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Query.Scans.Aggregates;

/// <summary>Quantiles by nearest rank: exact from all values of a group, or from a sketch when there are too many or when asked for.</summary>
internal sealed class Quantiles<T>(int ordinal, QueryableType type, int exactValues) : ValueAccumulator<T>(ordinal)
    where T : unmanaged, System.Numerics.INumber<T>
{
    private readonly ValueArena<T> _arena = new();
    private Store[] _stores = [];

    public override bool IsExact => Array.TrueForAll(_stores, store => store.Sketch is null);

    public override void Grow(int groups) => Grow(ref _stores, groups);

    public override void Merge(Accumulator other, ReadOnlySpan<int> map)
    {
        var from = (Quantiles<T>)other;
        for (var group = 0; group < map.Length; group++)
        {
            ref var store = ref _stores[map[group]];
            if (from._stores[group].Sketch is { } sketch)
            {
                UseSketch(ref store).Merge(sketch);
                continue;
            }

            for (var chunk = 0; chunk * ValueArena<T>.ChunkSize < from._stores[group].Count; chunk++)
            {
                Add(ref store, from.Chunk(from._stores[group], chunk));
            }
        }

        from.Release();
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
        return RawValues.ToValue(store.Sketch is { } sketch ? sketch.AtRank(rank) : AtRank(store, (int)rank), type);
    }

    public override void Release() => _arena.Release();

    protected override void Add(ReadOnlySpan<T> values, ReadOnlySpan<int> groups)
    {
        var stores = _stores;
        for (var i = 0; i < values.Length; i++)
        {
            ref var store = ref stores[groups[i]];
            if (store.Next < store.End)
            {
                store.Slab![store.Next++] = values[i];
                store.Count++;
            }
            else
            {
                Add(ref store, new ReadOnlySpan<T>(in values[i]));
            }
        }
    }

    private void Add(ref Store store, ReadOnlySpan<T> values)
    {
        if (store.Sketch is null && (long)store.Count + values.Length > exactValues)
        {
            UseSketch(ref store);
        }

        if (store.Sketch is not null)
        {
            foreach (var value in values)
            {
                store.Sketch.Add(value);
            }

            return;
        }

        while (!values.IsEmpty)
        {
            if (store.Next == store.End)
            {
                TakeChunk(ref store);
            }

            var some = values[..Math.Min(values.Length, store.End - store.Next)];
            some.CopyTo(store.Slab.AsSpan(store.Next));
            store.Next += some.Length;
            store.Count += some.Length;
            values = values[some.Length..];
        }
    }

    private void TakeChunk(ref Store store)
    {
        var chunk = _arena.Take();
        (store.Chunks ??= []).Add(chunk);
        (store.Slab, store.Next) = _arena.Find(chunk);
        store.End = store.Next + ValueArena<T>.ChunkSize;
    }

    private QuantileSketch<T> UseSketch(ref Store store)
    {
        if (store.Sketch is null)
        {
            var sketch = new QuantileSketch<T>();
            for (var chunk = 0; chunk * ValueArena<T>.ChunkSize < store.Count; chunk++)
            {
                foreach (var value in Chunk(store, chunk))
                {
                    sketch.Add(value);
                }
            }

            store = new Store { Sketch = sketch };
        }

        return store.Sketch!;
    }

    private T AtRank(in Store store, int rank)
    {
        var values = ArrayPool<T>.Shared.Rent(store.Count);
        for (var chunk = 0; chunk * ValueArena<T>.ChunkSize < store.Count; chunk++)
        {
            Chunk(store, chunk).CopyTo(values.AsSpan(chunk * ValueArena<T>.ChunkSize));
        }

        var result = Quickselect.AtRank(values.AsSpan(0, store.Count), rank);
        ArrayPool<T>.Shared.Return(values);
        return result;
    }

    private ReadOnlySpan<T> Chunk(in Store store, int chunk)
    {
        var (slab, start) = _arena.Find(store.Chunks![chunk]);
        return slab.AsSpan(start, Math.Min(ValueArena<T>.ChunkSize, store.Count - (chunk * ValueArena<T>.ChunkSize)));
    }

    private struct Store
    {
        public List<int>? Chunks;
        public T[]? Slab;
        public int Next;
        public int End;
        public int Count;
        public QuantileSketch<T>? Sketch;
    }
}
