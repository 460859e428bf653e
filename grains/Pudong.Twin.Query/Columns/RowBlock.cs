using System.Numerics;

namespace Pudong.Twin.Query.Columns;

/// <summary>Which rows of a block exist, and their keys. Written and shared under the same rule as a <see cref="ColumnBlock"/>.</summary>
internal sealed class RowBlock<TKey>
{
    public readonly TKey[] Keys;

    /// <summary>One bit a row, set for a row that exists.</summary>
    public readonly ulong[] Live;

    /// <summary>Number of rows that exist.</summary>
    public int Count;

    /// <summary>The write epoch in which the block was made or copied.</summary>
    public long Stamp;

    public RowBlock()
        : this(new TKey[ColumnBlock.Rows], new ulong[ColumnBlock.Words])
    {
    }

    private RowBlock(TKey[] keys, ulong[] live)
    {
        Keys = keys;
        Live = live;
    }

    /// <summary>A copy to write to.</summary>
    public RowBlock<TKey> Copy() => new((TKey[])Keys.Clone(), (ulong[])Live.Clone()) { Count = Count };

    /// <summary>Takes the first free place; there must be one.</summary>
    public int Take(TKey key)
    {
        var word = Live.AsSpan().IndexOfAnyExcept(ulong.MaxValue);
        var row = (word * 64) + BitOperations.TrailingZeroCount(~Live[word]);
        Live[word] |= 1UL << row;
        Keys[row] = key;
        Count++;
        return row;
    }

    /// <summary>Gives a place back.</summary>
    public void Free(int row)
    {
        Live[row >> 6] &= ~(1UL << row);
        Keys[row] = default!;
        Count--;
    }
}
