using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Query.Scans.Aggregates;

/// <summary>The different values of each group.</summary>
/// <remarks>Values and not codes, because the dictionaries of other tables number differently; a value that a thread has just seen is not hashed again.</remarks>
internal sealed class DistinctValues(int ordinal, int limit) : Accumulator
{
    private readonly TableRecord _record = new();
    private HashSet<Value>?[] _sets = [];

    public override void Grow(int groups) => Grow(ref _sets, groups);

    public override void Add(BlockRows rows)
    {
        _record.MoveTo(rows.Version);
        var last = Value.Null;
        var lastGroup = -1;
        for (var i = 0; i < rows.Rows.Length; i++)
        {
            _record.Row = (rows.Block << ColumnBlock.Shift) + rows.Rows[i];
            var value = _record[ordinal];
            var group = rows.Groups[i];
            if (!value.IsNull && (group != lastGroup || value != last))
            {
                AddTo(group, value);
                (last, lastGroup) = (value, group);
            }
        }
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map)
    {
        var sets = ((DistinctValues)other)._sets;
        for (var group = 0; group < map.Length; group++)
        {
            foreach (var value in sets[group] ?? [])
            {
                AddTo(map[group], value);
            }
        }
    }

    public override Value Result(int group, Aggregate aggregate) => Value.Of((long)(_sets[group]?.Count ?? 0));

    private void AddTo(int group, Value value)
    {
        var set = _sets[group] ??= [];
        if (set.Add(value) && set.Count > limit)
        {
            throw new QueryException(
                $"A group has more than {limit} different values; select fewer rows, or raise {nameof(ScanOptions.DistinctValues)}.",
                nameof(ScanOptions.DistinctValues));
        }
    }
}
