using System.Collections.Immutable;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Query.Scans.Aggregates;

/// <summary>The figures of some partitions of a city in the making: partial answers merge into the answer for all.</summary>
/// <remarks>
/// The answer does not depend on how rows are split: counts, extremes, distinct counts, histograms and exact quantiles are exact; sums and means are
/// kept in about 106 bits and rounded at the end. Quantiles from a sketch stay within their rank error. Not safe for several threads at once.
/// </remarks>
public sealed class PartialAggregates
{
    private readonly ImmutableArray<Aggregate> _aggregates;
    private readonly int _keys;
    private readonly int _limit;
    private readonly Accumulator[] _accumulators;
    private readonly int[] _accumulatorOf;
    private readonly List<GroupValues> _groups;
    private readonly Dictionary<GroupValues, int> _numbers = [];
    private AggregateResult? _result;

    internal PartialAggregates(AggregateQuery query, int limit, Accumulator[] accumulators, int[] accumulatorOf, List<GroupValues> groups)
    {
        _aggregates = query.Aggregates;
        _keys = query.GroupBy.Length;
        _limit = limit;
        _accumulators = accumulators;
        _accumulatorOf = accumulatorOf;
        _groups = groups;
        for (var group = 0; group < groups.Count; group++)
        {
            _numbers.Add(groups[group], group);
        }
    }

    /// <summary>Number of groups so far.</summary>
    public int Count => _groups.Count;

    /// <summary>Takes over the figures of other partitions.</summary>
    /// <param name="other">The partial answer to the same query; do not use it afterwards.</param>
    /// <exception cref="ArgumentException">The other one answers another query.</exception>
    /// <exception cref="QueryException">There are more than <see cref="ScanOptions.Groups"/> groups.</exception>
    public void Merge(PartialAggregates other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (_result is not null || other._result is not null)
        {
            throw new InvalidOperationException("A partial answer that was finished merges no more; merge first and finish then.");
        }

        if (!_aggregates.SequenceEqual(other._aggregates) || _keys != other._keys)
        {
            throw new ArgumentException("Partial answers merge only when they answer the same query.", nameof(other));
        }

        var map = new int[other._groups.Count];
        for (var group = 0; group < map.Length; group++)
        {
            map[group] = NumberOf(other._groups[group]);
        }

        for (var i = 0; i < _accumulators.Length; i++)
        {
            _accumulators[i].Grow(_groups.Count);
            _accumulators[i].Merge(other._accumulators[i], map);
        }
    }

    /// <summary>Computes the figures of what has been merged; nothing can be merged afterwards.</summary>
    public AggregateResult Finish()
    {
        if (_result is not null)
        {
            return _result;
        }

        var groups = Enumerable.Range(0, _groups.Count)
            .Select(group => new AggregateGroup(KeysOf(_groups[group]), FiguresOf(group)))
            .Order(Comparer<AggregateGroup>.Create((a, b) => ValueOrder.Compare(a.Keys, b.Keys)));
        _result = new AggregateResult([.. groups], Array.TrueForAll(_accumulators, accumulator => accumulator.IsExact));
        foreach (var accumulator in _accumulators)
        {
            accumulator.Release();
        }

        return _result;
    }

    private int NumberOf(GroupValues values)
    {
        if (!_numbers.TryGetValue(values, out var number))
        {
            if (_groups.Count == _limit)
            {
                throw Grouping.TooMany(_limit);
            }

            number = _groups.Count;
            _groups.Add(values);
            _numbers.Add(values, number);
        }

        return number;
    }

    private ImmutableArray<Value> KeysOf(GroupValues values) => _keys switch
    {
        0 => [],
        1 => [values.First],
        _ => [values.First, values.Second],
    };

    private ImmutableArray<Value> FiguresOf(int group)
    {
        var figures = ImmutableArray.CreateBuilder<Value>(_aggregates.Length);
        for (var i = 0; i < _aggregates.Length; i++)
        {
            figures.Add(_accumulators[_accumulatorOf[i]].Result(group, _aggregates[i]));
        }

        return figures.MoveToImmutable();
    }
}
