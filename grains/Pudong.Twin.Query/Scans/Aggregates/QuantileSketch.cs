namespace Pudong.Twin.Query.Scans.Aggregates;

/// <summary>Approximate quantiles of any number of values in bounded memory, mergeable and without randomness.</summary>
/// <remarks>
/// A chain of equal compactors (Manku, Rajagopalan, Lindsay 1998): a full level is sorted and every other value moves up with twice
/// the weight, beginning with the first and the second value in turn. One compaction on level h moves a rank by at most
/// 2^h and happens n/(k·2^h) times, so the rank error is below levels/k of n: 0.44 % for a billion values with k = 4,096.
/// </remarks>
internal sealed class QuantileSketch<T>
    where T : unmanaged, IComparable<T>
{
    private const int Capacity = 4_096;

    private readonly List<List<T>> _levels = [[]];
    private readonly List<bool> _second = [false];

    /// <summary>Number of values taken.</summary>
    public long Count { get; private set; }

    /// <summary>Takes a value.</summary>
    public void Add(T value)
    {
        Count++;
        _levels[0].Add(value);
        if (_levels[0].Count >= Capacity)
        {
            Compact(0);
        }
    }

    /// <summary>Takes all that another sketch has taken.</summary>
    public void Merge(QuantileSketch<T> other)
    {
        Count += other.Count;
        for (var level = 0; level < other._levels.Count; level++)
        {
            Open(level);
            _levels[level].AddRange(other._levels[level]);
        }

        for (var level = 0; level < _levels.Count; level++)
        {
            if (_levels[level].Count >= Capacity)
            {
                Compact(level);
            }
        }
    }

    /// <summary>The value at a rank, about.</summary>
    /// <param name="rank">From 0 to <see cref="Count"/> less one.</param>
    public T AtRank(long rank)
    {
        var weighted = new List<(T Value, long Weight)>();
        for (var level = 0; level < _levels.Count; level++)
        {
            foreach (var value in _levels[level])
            {
                weighted.Add((value, 1L << level));
            }
        }

        weighted.Sort((a, b) => a.Value.CompareTo(b.Value));
        var passed = 0L;
        foreach (var (value, weight) in weighted)
        {
            passed += weight;
            if (passed > rank)
            {
                return value;
            }
        }

        return weighted[^1].Value;
    }

    private void Compact(int level)
    {
        Open(level + 1);
        var values = _levels[level];
        values.Sort();
        // An odd value stays behind, so that no weight is lost.
        var even = values.Count & ~1;
        for (var i = _second[level] ? 1 : 0; i < even; i += 2)
        {
            _levels[level + 1].Add(values[i]);
        }

        _second[level] = !_second[level];
        values.RemoveRange(0, even);
        if (_levels[level + 1].Count >= Capacity)
        {
            Compact(level + 1);
        }
    }

    private void Open(int level)
    {
        while (_levels.Count <= level)
        {
            _levels.Add([]);
            _second.Add(false);
        }
    }
}
