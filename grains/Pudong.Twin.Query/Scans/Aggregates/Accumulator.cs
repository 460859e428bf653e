using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Query.Scans.Aggregates;

/// <summary>Figures of every group in the making. Accumulators of other threads and partitions merge into it.</summary>
internal abstract class Accumulator
{
    /// <summary>False once a figure is approximate.</summary>
    public virtual bool IsExact => true;

    /// <summary>Makes room, so that groups below a number can be added to.</summary>
    public abstract void Grow(int groups);

    /// <summary>Adds the rows of a block.</summary>
    public abstract void Add(BlockRows rows);

    /// <summary>Adds all that another accumulator of the same kind has.</summary>
    /// <param name="other">The other one; not used afterwards.</param>
    /// <param name="map">The group here of each group there.</param>
    public abstract void Merge(Accumulator other, ReadOnlySpan<int> map);

    /// <summary>The figure of a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="aggregate">What is asked, where one accumulator serves several aggregates.</param>
    public abstract Value Result(int group, Aggregate aggregate);

    /// <summary>Gives back what was borrowed; nothing is asked of the accumulator afterwards.</summary>
    public virtual void Release()
    {
    }

    /// <summary>Doubles an array until it holds a number of groups.</summary>
    protected static void Grow<T>(ref T[] array, int groups)
    {
        if (array.Length < groups)
        {
            Array.Resize(ref array, Math.Max(groups, Math.Max(16, array.Length * 2)));
        }
    }
}

/// <summary>Counts rows.</summary>
internal sealed class RowCounts : Accumulator
{
    private long[] _counts = [];

    public override void Grow(int groups) => Grow(ref _counts, groups);

    public override void Add(BlockRows rows)
    {
        foreach (var group in rows.Groups)
        {
            _counts[group]++;
        }
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map)
    {
        var counts = ((RowCounts)other)._counts;
        for (var group = 0; group < map.Length; group++)
        {
            _counts[map[group]] += counts[group];
        }
    }

    public override Value Result(int group, Aggregate aggregate) => Value.Of(_counts[group]);
}

/// <summary>Counts values that are not NULL.</summary>
internal sealed class ValueCounts(int ordinal) : Accumulator
{
    private long[] _counts = [];

    public override void Grow(int groups) => Grow(ref _counts, groups);

    public override void Add(BlockRows rows)
    {
        var nulls = rows.Version.Column(ordinal, rows.Block).Nulls;
        var groups = rows.Groups;
        for (var i = 0; i < groups.Length; i++)
        {
            int row = rows.Rows[i];
            if (nulls is null || (nulls[row >> 6] >> row & 1) == 0)
            {
                _counts[groups[i]]++;
            }
        }
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map)
    {
        var counts = ((ValueCounts)other)._counts;
        for (var group = 0; group < map.Length; group++)
        {
            _counts[map[group]] += counts[group];
        }
    }

    public override Value Result(int group, Aggregate aggregate) => Value.Of(_counts[group]);
}

/// <summary>An accumulator of the values of one column: a column of doubles, or of integers, dates or timestamps.</summary>
/// <param name="ordinal">The column.</param>
internal abstract class ValueAccumulator<T>(int ordinal) : Accumulator
    where T : unmanaged
{
    private readonly T[] _values = new T[ColumnBlock.Rows];
    private readonly int[] _groups = new int[ColumnBlock.Rows];

    public sealed override void Add(BlockRows rows)
    {
        var column = rows.Version.Column(ordinal, rows.Block);
        var source = column is NumberBlock numbers ? (T[])(object)numbers.Values : (T[])(object)((IntegerBlock)column).Values;
        if (rows.IsWhole && column.Nulls is null)
        {
            Add(source, rows.Groups);
            return;
        }

        var count = rows.Gather(source, column.Nulls, _values, _groups);
        Add(_values.AsSpan(0, count), _groups.AsSpan(0, count));
    }

    /// <summary>Adds values to their groups.</summary>
    protected abstract void Add(ReadOnlySpan<T> values, ReadOnlySpan<int> groups);
}
