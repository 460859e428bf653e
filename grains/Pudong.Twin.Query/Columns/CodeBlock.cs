using System.Numerics;

namespace Pudong.Twin.Query.Columns;

/// <summary>Texts as codes of the column's <see cref="TextDictionary"/>, in the narrowest of three widths; exactly one array is there.</summary>
internal sealed class CodeBlock : ColumnBlock
{
    /// <summary>Codes up to 255.</summary>
    public byte[]? Bytes = new byte[Rows];

    /// <summary>Codes up to 65,535.</summary>
    public ushort[]? Shorts;

    /// <summary>Any codes.</summary>
    public int[]? Integers;

    /// <summary>At most every code of the block; <see cref="int.MaxValue"/> when there is none.</summary>
    public int Min = int.MaxValue;

    /// <summary>At least every code of the block; −1 when there is none.</summary>
    public int Max = -1;

    /// <summary>The code of a row.</summary>
    public int this[int row] => Bytes is not null ? Bytes[row] : Shorts is not null ? Shorts[row] : Integers![row];

    /// <summary>Writes a code.</summary>
    public void Set(int row, int code)
    {
        SetNotNull(row);
        Store(row, code);
        Min = Math.Min(Min, code);
        Max = Math.Max(Max, code);
    }

    public override void Clear(int row)
    {
        SetNull(row);
        Store(row, 0);
    }

    public override ColumnBlock Copy(ReadOnlySpan<ulong> live)
    {
        var copy = new CodeBlock { Bytes = Copied(Bytes), Shorts = Copied(Shorts), Integers = Copied(Integers), Nulls = CopyNulls(live) };
        (copy.Min, copy.Max) = Bytes is not null ? Codes(Bytes, live) : Shorts is not null ? Codes(Shorts, live) : Codes(Integers!, live);
        return copy;
    }

    private void Store(int row, int code)
    {
        if (Bytes is not null && code <= byte.MaxValue)
        {
            Bytes[row] = (byte)code;
        }
        else if (Bytes is not null || (Shorts is not null && code > ushort.MaxValue))
        {
            Widen(code);
            Store(row, code);
        }
        else if (Shorts is not null)
        {
            Shorts[row] = (ushort)code;
        }
        else
        {
            Integers![row] = code;
        }
    }

    private void Widen(int code)
    {
        if (code <= ushort.MaxValue)
        {
            Shorts = Array.ConvertAll(Bytes!, narrow => (ushort)narrow);
        }
        else
        {
            Integers = Bytes is not null ? Array.ConvertAll(Bytes, narrow => (int)narrow) : Array.ConvertAll(Shorts!, narrow => (int)narrow);
            Shorts = null;
        }

        Bytes = null;
    }

    private static T[]? Copied<T>(T[]? codes) => codes is null ? null : Copy(codes);

    private (int Min, int Max) Codes<T>(T[] codes, ReadOnlySpan<ulong> live)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var (min, max) = Bounds(codes, live, T.MaxValue, T.Zero);
        // Nothing is there when even zero is no bound from above.
        return min > max ? (int.MaxValue, -1) : AnyPresent(live) ? (int.CreateChecked(min), int.CreateChecked(max)) : (int.MaxValue, -1);
    }

    private bool AnyPresent(ReadOnlySpan<ulong> live)
    {
        for (var word = 0; word < Words; word++)
        {
            if (Present(live, word) != 0)
            {
                return true;
            }
        }

        return false;
    }
}
