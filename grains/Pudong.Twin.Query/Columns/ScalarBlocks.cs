using System.Numerics;

namespace Pudong.Twin.Query.Columns;

/// <summary>Values of fixed width, with their bounds.</summary>
/// <param name="values">The values, one for every row.</param>
/// <param name="least">At most every value.</param>
/// <param name="greatest">At least every value.</param>
internal abstract class ValueBlock<T>(T[] values, T least, T greatest) : ColumnBlock
    where T : unmanaged, INumber<T>
{
    public readonly T[] Values = values;

    /// <summary>At most every value of the block; the greatest there is when there are none.</summary>
    public T Min = greatest;

    /// <summary>At least every value of the block; the least there is when there are none.</summary>
    public T Max = least;

    public sealed override void Clear(int row)
    {
        SetNull(row);
        Values[row] = T.Zero;
    }

    /// <summary>A block that holds no value yet, with these in its places.</summary>
    protected abstract ValueBlock<T> Make(T[] values);

    /// <summary>Writes a value.</summary>
    protected void Store(int row, T value)
    {
        SetNotNull(row);
        Values[row] = value;
        Min = value < Min ? value : Min;
        Max = value > Max ? value : Max;
    }

    public sealed override ColumnBlock Copy(ReadOnlySpan<ulong> live)
    {
        var copy = Make(Copy(Values));
        copy.Nulls = CopyNulls(live);
        (copy.Min, copy.Max) = Bounds(Values, live, copy.Min, copy.Max);
        return copy;
    }
}

/// <summary>Doubles; never NaN.</summary>
internal sealed class NumberBlock(double[] values) : ValueBlock<double>(values, double.NegativeInfinity, double.PositiveInfinity)
{
    public NumberBlock()
        : this(new double[Rows])
    {
    }

    /// <summary>Writes a number; NaN is NULL.</summary>
    public void Set(int row, double value)
    {
        if (double.IsNaN(value))
        {
            Clear(row);
        }
        else
        {
            Store(row, value);
        }
    }

    protected override NumberBlock Make(double[] values) => new(values);
}

/// <summary>Integers, days of dates, or UTC ticks of timestamps.</summary>
internal sealed class IntegerBlock(long[] values) : ValueBlock<long>(values, long.MinValue, long.MaxValue)
{
    public IntegerBlock()
        : this(new long[Rows])
    {
    }

    /// <summary>Writes an integer.</summary>
    public void Set(int row, long value) => Store(row, value);

    protected override IntegerBlock Make(long[] values) => new(values);
}

/// <summary>Truth values, one bit a row.</summary>
internal sealed class BooleanBlock : ColumnBlock
{
    public ulong[] Values = new ulong[Words];

    /// <summary>Writes a truth value.</summary>
    public void Set(int row, bool value)
    {
        SetNotNull(row);
        Values[row >> 6] = (Values[row >> 6] & ~(1UL << row)) | ((value ? 1UL : 0UL) << row);
    }

    public override void Clear(int row)
    {
        SetNull(row);
        Values[row >> 6] &= ~(1UL << row);
    }

    public override ColumnBlock Copy(ReadOnlySpan<ulong> live) => new BooleanBlock { Values = Copy(Values), Nulls = CopyNulls(live) };
}

/// <summary>Anything else: geometries, arrays, and text that differs in almost every row.</summary>
internal sealed class ObjectBlock : ColumnBlock
{
    /// <summary>A <see cref="string"/>, a <see cref="NetTopologySuite.Geometries.Geometry"/> or a <c>Value[]</c>; null for NULL.</summary>
    public object?[] Values = new object?[Rows];

    /// <summary>Writes an object.</summary>
    public void Set(int row, object value)
    {
        SetNotNull(row);
        Values[row] = value;
    }

    public override void Clear(int row)
    {
        SetNull(row);
        Values[row] = null;
    }

    public override ColumnBlock Copy(ReadOnlySpan<ulong> live) => new ObjectBlock { Values = (object?[])Values.Clone(), Nulls = CopyNulls(live) };
}
