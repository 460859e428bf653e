using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Pudong.Twin.Query.Columns;

namespace Pudong.Twin.Query.Scans;

/// <summary>A condition on plain arrays of one block: 64 rows by vector instructions, or one row.</summary>
internal interface IKernel
{
    /// <summary>One bit for each of the 64 rows from <c>64 · word</c> on, set where the condition holds.</summary>
    ulong Word(int word);

    /// <summary>The condition for one row.</summary>
    bool Row(int row);
}

/// <summary>Runs kernels over the rows that are still set in a mask.</summary>
internal static class Kernel
{
    /// <summary>With this many rows left, looking at each is cheaper than reading the whole block.</summary>
    private const int FewRows = 384;

    /// <summary>Clears the bits of the rows for which the kernel does not hold.</summary>
    public static void Narrow<TKernel>(Span<ulong> mask, TKernel kernel)
        where TKernel : struct, IKernel, allows ref struct
    {
        if (Masks.Count(mask) > FewRows)
        {
            for (var word = 0; word < ColumnBlock.Words; word++)
            {
                if (mask[word] != 0)
                {
                    mask[word] &= kernel.Word(word);
                }
            }
        }
        else
        {
            NarrowFew(mask, kernel);
        }
    }

    private static void NarrowFew<TKernel>(Span<ulong> mask, TKernel kernel)
        where TKernel : struct, IKernel, allows ref struct
    {
        for (var word = 0; word < ColumnBlock.Words; word++)
        {
            var kept = 0UL;
            for (var bits = mask[word]; bits != 0; bits &= bits - 1)
            {
                var bit = BitOperations.TrailingZeroCount(bits);
                kept |= (kernel.Row((word * 64) + bit) ? 1UL : 0UL) << bit;
            }

            mask[word] = kept;
        }
    }

    /// <summary>Clears the bits of NULLs.</summary>
    public static void RemoveNulls(Span<ulong> mask, ulong[]? nulls)
    {
        if (nulls is not null)
        {
            Masks.Remove(mask, nulls);
        }
    }
}

/// <summary>Low ≤ value ≤ high, or the opposite, for doubles and 64-bit integers.</summary>
/// <remarks>Every comparison of a column with a constant is such a closed range: next to any bound lies a next representable value.</remarks>
internal readonly ref struct RangeKernel<T>(T[] values, T low, T high, bool inside) : IKernel
    where T : unmanaged, INumber<T>
{
    private readonly ReadOnlySpan<T> _values = values;
    private readonly ulong _flip = inside ? 0UL : ulong.MaxValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Word(int word)
    {
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(_values), word * 64);
        var lows = Vector512.Create(low);
        var highs = Vector512.Create(high);
        var bits = 0UL;
        for (var i = 0; i < 64; i += Vector512<T>.Count)
        {
            var eight = Vector512.LoadUnsafe(ref first, (nuint)i);
            var passes = Vector512.GreaterThanOrEqual(eight, lows) & Vector512.LessThanOrEqual(eight, highs);
            bits |= passes.ExtractMostSignificantBits() << i;
        }

        return bits ^ _flip;
    }

    public bool Row(int row) => (_values[row] >= low && _values[row] <= high) == inside;
}

/// <summary>Two columns of the same type, compared row by row; <c>equal</c>, <c>less</c> and <c>greater</c> say which outcomes pass.</summary>
internal readonly ref struct PairKernel<T>(T[] left, T[] right, bool less, bool equal, bool greater) : IKernel
    where T : unmanaged, INumber<T>
{
    private readonly ReadOnlySpan<T> _left = left;
    private readonly ReadOnlySpan<T> _right = right;

    public ulong Word(int word)
    {
        ref var lefts = ref Unsafe.Add(ref MemoryMarshal.GetReference(_left), word * 64);
        ref var rights = ref Unsafe.Add(ref MemoryMarshal.GetReference(_right), word * 64);
        ulong lessBits = 0, equalBits = 0;
        for (var i = 0; i < 64; i += Vector512<T>.Count)
        {
            var a = Vector512.LoadUnsafe(ref lefts, (nuint)i);
            var b = Vector512.LoadUnsafe(ref rights, (nuint)i);
            lessBits |= Vector512.LessThan(a, b).ExtractMostSignificantBits() << i;
            equalBits |= Vector512.Equals(a, b).ExtractMostSignificantBits() << i;
        }

        return (less ? lessBits : 0) | (equal ? equalBits : 0) | (greater ? ~(lessBits | equalBits) : 0);
    }

    public bool Row(int row) =>
        _left[row] < _right[row] ? less : _left[row] == _right[row] ? equal : greater;
}

/// <summary>A code equals one code.</summary>
internal readonly ref struct OneCodeKernel<T>(T[] codes, T code) : IKernel
    where T : unmanaged, INumber<T>
{
    private readonly ReadOnlySpan<T> _codes = codes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Word(int word)
    {
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(_codes), word * 64);
        var wanted = Vector512.Create(code);
        var bits = 0UL;
        for (var i = 0; i < 64; i += Vector512<T>.Count)
        {
            bits |= Vector512.Equals(Vector512.LoadUnsafe(ref first, (nuint)i), wanted).ExtractMostSignificantBits() << i;
        }

        return bits;
    }

    public bool Row(int row) => _codes[row] == code;
}

/// <summary>A code is one of a set, given as a table with an entry for every code.</summary>
internal readonly ref struct CodeSetKernel<T>(T[] codes, bool[] accepted) : IKernel
    where T : unmanaged, IBinaryInteger<T>
{
    private readonly ReadOnlySpan<T> _codes = codes;
    private readonly ReadOnlySpan<bool> _accepted = accepted;

    public ulong Word(int word)
    {
        var bits = 0UL;
        var codes = _codes.Slice(word * 64, 64);
        for (var i = 0; i < codes.Length; i++)
        {
            bits |= (_accepted[int.CreateTruncating(codes[i])] ? 1UL : 0UL) << i;
        }

        return bits;
    }

    public bool Row(int row) => _accepted[int.CreateTruncating(_codes[row])];
}

/// <summary>The coarse cell of a point lies in a rectangle of cells: a superset of the points in a box.</summary>
internal readonly ref struct CellKernel(PointBlock block, byte west, byte south, byte east, byte north) : IKernel
{
    private readonly ReadOnlySpan<byte> _x = block.CellX;
    private readonly ReadOnlySpan<byte> _y = block.CellY;

    public ulong Word(int word)
    {
        var x = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(_x), (nuint)(word * 64)) - Vector512.Create(west);
        var y = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(_y), (nuint)(word * 64)) - Vector512.Create(south);
        // Unsigned differences wrap, so one comparison tests both ends of a range.
        var passes = Vector512.LessThanOrEqual(x, Vector512.Create((byte)(east - west)))
            & Vector512.LessThanOrEqual(y, Vector512.Create((byte)(north - south)));
        return passes.ExtractMostSignificantBits();
    }

    public bool Row(int row) => _x[row] >= west && _x[row] <= east && _y[row] >= south && _y[row] <= north;
}

/// <summary>A point lies in a closed box.</summary>
internal readonly ref struct BoxKernel(PointBlock block, double west, double south, double east, double north) : IKernel
{
    private readonly ReadOnlySpan<double> _x = block.X;
    private readonly ReadOnlySpan<double> _y = block.Y;

    public ulong Word(int word)
    {
        var first = word * 64;
        ref var xs = ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), first);
        ref var ys = ref Unsafe.Add(ref MemoryMarshal.GetReference(_y), first);
        var bits = 0UL;
        for (var i = 0; i < 64; i += Vector512<double>.Count)
        {
            var x = Vector512.LoadUnsafe(ref xs, (nuint)i);
            var y = Vector512.LoadUnsafe(ref ys, (nuint)i);
            var passes = Vector512.GreaterThanOrEqual(x, Vector512.Create(west)) & Vector512.LessThanOrEqual(x, Vector512.Create(east))
                & Vector512.GreaterThanOrEqual(y, Vector512.Create(south)) & Vector512.LessThanOrEqual(y, Vector512.Create(north));
            bits |= passes.ExtractMostSignificantBits() << i;
        }

        return bits;
    }

    public bool Row(int row) => _x[row] >= west && _x[row] <= east && _y[row] >= south && _y[row] <= north;
}
