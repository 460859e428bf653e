using Pudong.Twin.Query.Columns;

namespace Pudong.Twin.Query.Scans.Aggregates;

/// <summary>The selected rows of one block and the group of each: what accumulators add. One a thread, filled again for every block.</summary>
internal sealed class BlockRows
{
    private static readonly ushort[] EveryRow = [.. Enumerable.Range(0, ColumnBlock.Rows).Select(row => (ushort)row)];

    private readonly ushort[] _rows = new ushort[ColumnBlock.Rows];
    private readonly int[] _groups = new int[ColumnBlock.Rows];
    private int _count;

    /// <summary>The table of the block.</summary>
    public TableVersion Version { get; private set; } = null!;

    /// <summary>The number of the block in its table.</summary>
    public int Block { get; private set; }

    /// <summary>The selected rows within the block, in order.</summary>
    public ReadOnlySpan<ushort> Rows => IsWhole ? EveryRow : _rows.AsSpan(0, _count);

    /// <summary>Whether every row of the block is selected: the i-th row is then row i, and nobody has to look it up.</summary>
    public bool IsWhole => _count == ColumnBlock.Rows;

    /// <summary>The group of each of <see cref="Rows"/>; 0 throughout when there is only one.</summary>
    public Span<int> Groups => _groups.AsSpan(0, _count);

    /// <summary>Points to the rows of a block whose bit is set.</summary>
    public void Fill(TableVersion version, int block, ReadOnlySpan<ulong> mask)
    {
        Version = version;
        Block = block;
        _count = mask.ContainsAnyExcept(ulong.MaxValue) ? Masks.List(mask, _rows) : ColumnBlock.Rows;
    }

    /// <summary>Copies the values of a column that are not NULL, and the groups they belong to.</summary>
    /// <param name="source">The values of the column in the block.</param>
    /// <param name="nulls">The column's NULLs.</param>
    /// <param name="values">Room for the values.</param>
    /// <param name="groups">Room for their groups.</param>
    /// <returns>How many there are.</returns>
    public int Gather<T>(T[] source, ulong[]? nulls, Span<T> values, Span<int> groups)
    {
        var count = 0;
        var rows = Rows;
        for (var i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            if (nulls is null || (nulls[row >> 6] >> row & 1) == 0)
            {
                values[count] = source[row];
                groups[count++] = _groups[i];
            }
        }

        return count;
    }
}
