using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Query.Scans.Aggregates;

/// <summary>The key of a group: one or two values, the second NULL when there is only one column.</summary>
internal readonly record struct GroupValues(Value First, Value Second);

/// <summary>Numbers groups from 0 by the values of no, one or two columns.</summary>
internal sealed class Grouping
{
    // Up to here a plain array finds a group; beyond, hashing takes less memory than time.
    private const int DenseCells = 1 << 20;

    private readonly GroupColumn[] _columns;
    private readonly int _limit;
    private readonly int[] _first = new int[Columns.ColumnBlock.Rows];
    private readonly int[] _second = new int[Columns.ColumnBlock.Rows];
    private readonly List<(int First, int Second)> _groups = [];
    private readonly Dictionary<(int First, int Second), int> _sparse = [];
    private int[] _dense = [];
    private int _denseWidth;

    /// <summary>Makes a numbering.</summary>
    /// <param name="columns">None, one or two columns; with none there is one group.</param>
    /// <param name="limit">Groups at most.</param>
    public Grouping(GroupColumn[] columns, int limit)
    {
        _columns = columns;
        _limit = limit;
        if (columns.Length == 0)
        {
            _groups.Add((0, 0));
        }
    }

    /// <summary>Number of groups so far.</summary>
    public int Count => _groups.Count;

    /// <summary>Writes the group of each row.</summary>
    public void Assign(BlockRows rows)
    {
        var groups = rows.Groups;
        if (_columns.Length == 0)
        {
            groups.Clear();
            return;
        }

        var first = _first.AsSpan(0, groups.Length);
        var second = _second.AsSpan(0, groups.Length);
        _columns[0].Number(rows, first);
        if (_columns.Length == 2)
        {
            _columns[1].Number(rows, second);
        }

        FitDense();
        if (_denseWidth > 0 && TryAssign(first, second, groups))
        {
            return;
        }

        for (var i = 0; i < groups.Length; i++)
        {
            var group = _denseWidth > 0 ? _dense[(first[i] * _denseWidth) + second[i]] - 1 : -1;
            groups[i] = group >= 0 ? group : Find(first[i], second[i]);
        }
    }

    // Almost every block holds known groups only; the loop that assumes so has no branch.
    private bool TryAssign(ReadOnlySpan<int> first, ReadOnlySpan<int> second, Span<int> groups)
    {
        var (dense, width, any) = (_dense, _denseWidth, 0);
        for (var i = 0; i < groups.Length; i++)
        {
            var group = dense[(first[i] * width) + second[i]] - 1;
            groups[i] = group;
            any |= group;
        }

        return any >= 0;
    }

    /// <summary>The values of a group.</summary>
    public GroupValues ValuesOf(int group)
    {
        var (first, second) = _groups[group];
        return new GroupValues(
            _columns.Length > 0 ? _columns[0][first] : Value.Null,
            _columns.Length > 1 ? _columns[1][second] : Value.Null);
    }

    private int Find(int first, int second)
    {
        if (_denseWidth == 0 && _sparse.TryGetValue((first, second), out var known))
        {
            return known;
        }

        if (_groups.Count == _limit)
        {
            throw TooMany(_limit);
        }

        var group = _groups.Count;
        _groups.Add((first, second));
        Remember(first, second, group);
        return group;
    }

    private void Remember(int first, int second, int group)
    {
        if (_denseWidth > 0)
        {
            _dense[(first * _denseWidth) + second] = group + 1;
        }
        else
        {
            _sparse.Add((first, second), group);
        }
    }

    // The columns may have come to know more values; then the array is laid out anew.
    private void FitDense()
    {
        var height = _columns[0].Count;
        var width = _columns.Length == 2 ? _columns[1].Count : 1;
        if (_denseWidth >= width && _dense.Length >= (long)height * _denseWidth)
        {
            return;
        }

        var fits = (long)height * width <= DenseCells && _sparse.Count == 0;
        _denseWidth = fits ? width : 0;
        // Room for twice the rows, as values that are new in every block would otherwise lay it out for every block.
        _dense = fits ? new int[(int)Math.Min(2L * height * width, DenseCells)] : [];
        if (fits || _sparse.Count == 0)
        {
            for (var group = 0; group < _groups.Count; group++)
            {
                Remember(_groups[group].First, _groups[group].Second, group);
            }
        }
    }

    /// <summary>The refusal of another group.</summary>
    public static QueryException TooMany(int limit) => new(
        $"The query forms more than {limit} groups; group by columns with fewer values, or raise {nameof(ScanOptions.Groups)}.",
        nameof(ScanOptions.Groups));
}
