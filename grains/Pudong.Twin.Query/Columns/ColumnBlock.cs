using System.Numerics;
using System.Runtime.Intrinsics;

namespace Pudong.Twin.Query.Columns;

/// <summary>The values of one column in one block of rows: arrays of <see cref="Rows"/> places, and bounds for pruning.</summary>
/// <remarks>
/// A block is written only by the table whose <see cref="Stamp"/> it carries and only until a version or fork shares it;
/// from then on it never changes and the table writes to a copy. Bounds never exclude a value that is there, but may be wider than the
/// values are, until the next copy tightens them. Places of dead rows and of NULLs hold the default value.
/// </remarks>
internal abstract class ColumnBlock
{
    /// <summary>Rows of a block.</summary>
    public const int Rows = 1 << Shift;

    /// <summary>Bits of a row number that address the row in its block.</summary>
    public const int Shift = 12;

    /// <summary>Words of a bitmap with one bit a row.</summary>
    public const int Words = Rows / 64;

    /// <summary>The write epoch in which the block was made or copied; the table may write to it in that epoch only.</summary>
    public long Stamp;

    /// <summary>One bit a row, set for NULL; null when no row of the block was ever NULL. Bits of dead rows are undefined.</summary>
    public ulong[]? Nulls;

    /// <summary>A copy to write to, its bounds tightened to the values that are there.</summary>
    /// <param name="live">One bit a row, set for a row that exists.</param>
    public abstract ColumnBlock Copy(ReadOnlySpan<ulong> live);

    /// <summary>Makes a row NULL, or leaves nothing behind of a row that is deleted.</summary>
    public abstract void Clear(int row);

    /// <summary>True for a NULL.</summary>
    public bool IsNull(int row) => Nulls is { } nulls && (nulls[row >> 6] >> row & 1) != 0;

    /// <summary>Notes that a row is NULL.</summary>
    protected void SetNull(int row) => (Nulls ??= new ulong[Words])[row >> 6] |= 1UL << row;

    /// <summary>Notes that a row is not NULL.</summary>
    protected void SetNotNull(int row)
    {
        if (Nulls is not null)
        {
            Nulls[row >> 6] &= ~(1UL << row);
        }
    }

    /// <summary>Copies an array without clearing the new one first.</summary>
    protected static T[] Copy<T>(T[] array)
    {
        var copy = GC.AllocateUninitializedArray<T>(array.Length);
        array.CopyTo(copy, 0);
        return copy;
    }

    /// <summary>A copy of the bitmap of NULLs; none when no row that exists is NULL.</summary>
    protected ulong[]? CopyNulls(ReadOnlySpan<ulong> live)
    {
        for (var word = 0; Nulls is not null && word < Words; word++)
        {
            if ((Nulls[word] & live[word]) != 0)
            {
                return Copy(Nulls);
            }
        }

        return null;
    }

    /// <summary>The rows that exist and are not NULL, as one word of bits.</summary>
    protected ulong Present(ReadOnlySpan<ulong> live, int word) => Nulls is null ? live[word] : live[word] & ~Nulls[word];

    /// <summary>The bounds of the values that are there.</summary>
    /// <param name="values">A value for every row.</param>
    /// <param name="live">One bit a row, set for a row that exists.</param>
    /// <param name="min">The lower bound of no values.</param>
    /// <param name="max">The upper bound of no values.</param>
    protected (T Min, T Max) Bounds<T>(T[] values, ReadOnlySpan<ulong> live, T min, T max)
        where T : unmanaged, INumber<T>
    {
        var mins = Vector512.Create(min);
        var maxs = Vector512.Create(max);
        for (var word = 0; word < Words; word++)
        {
            var bits = Present(live, word);
            if (bits == ulong.MaxValue)
            {
                ref var first = ref values[word * 64];
                for (var i = 0; i < 64; i += Vector512<T>.Count)
                {
                    var some = Vector512.LoadUnsafe(ref first, (nuint)i);
                    mins = Vector512.MinNative(mins, some);
                    maxs = Vector512.MaxNative(maxs, some);
                }
            }
            else
            {
                for (; bits != 0; bits &= bits - 1)
                {
                    var value = values[(word * 64) + BitOperations.TrailingZeroCount(bits)];
                    min = value < min ? value : min;
                    max = value > max ? value : max;
                }
            }
        }

        for (var lane = 0; lane < Vector512<T>.Count; lane++)
        {
            min = mins[lane] < min ? mins[lane] : min;
            max = maxs[lane] > max ? maxs[lane] : max;
        }

        return (min, max);
    }
}
