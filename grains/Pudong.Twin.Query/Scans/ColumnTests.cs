using System.Numerics;
using NetTopologySuite.Geometries;
using Pudong.Twin.Query.Columns;

namespace Pudong.Twin.Query.Scans;

/// <summary>A column of numbers, or one of integers, dates or timestamps, lies in a closed range, or outside of it; NULL does neither.</summary>
internal sealed class RangeTest<T>(int ordinal, T low, T high, bool inside) : BlockTest
    where T : unmanaged, INumber<T>
{
    public override int Cost => 8;

    public override Verdict Judge(TableVersion version, int block)
    {
        var column = (ValueBlock<T>)version.Column(ordinal, block);
        if (column.Max < low || column.Min > high)
        {
            return inside ? Verdict.None : AllIf(column.Nulls is null);
        }

        if (column.Min >= low && column.Max <= high)
        {
            return inside ? AllIf(column.Nulls is null) : Verdict.None;
        }

        return Verdict.Some;
    }

    public override void Narrow(TableVersion version, int block, Span<ulong> mask)
    {
        var column = (ValueBlock<T>)version.Column(ordinal, block);
        Kernel.RemoveNulls(mask, column.Nulls);
        Kernel.Narrow(mask, new RangeKernel<T>(column.Values, low, high, inside));
    }

    private static Verdict AllIf(bool complete) => complete ? Verdict.All : Verdict.Some;
}

/// <summary>Two number columns, or two columns of integers of the same type, compared; NULL on either side does not pass.</summary>
internal sealed class PairTest(int left, int right, bool less, bool equal, bool greater) : BlockTest
{
    public override int Cost => 16;

    public override Verdict Judge(TableVersion version, int block) => Verdict.Some;

    public override void Narrow(TableVersion version, int block, Span<ulong> mask)
    {
        var a = version.Column(left, block);
        var b = version.Column(right, block);
        Kernel.RemoveNulls(mask, a.Nulls);
        Kernel.RemoveNulls(mask, b.Nulls);
        if (a is NumberBlock x)
        {
            Kernel.Narrow(mask, new PairKernel<double>(x.Values, ((NumberBlock)b).Values, less, equal, greater));
        }
        else
        {
            Kernel.Narrow(mask, new PairKernel<long>(((IntegerBlock)a).Values, ((IntegerBlock)b).Values, less, equal, greater));
        }
    }
}

/// <summary>A boolean column, with the outcome for each of its three values.</summary>
internal sealed class BooleanTest(int ordinal, bool onTrue, bool onFalse, bool onNull) : BlockTest
{
    public override int Cost => 1;

    public override Verdict Judge(TableVersion version, int block) => Verdict.Some;

    public override void Narrow(TableVersion version, int block, Span<ulong> mask)
    {
        var column = (BooleanBlock)version.Column(ordinal, block);
        for (var word = 0; word < ColumnBlock.Words; word++)
        {
            var nulls = column.Nulls is null ? 0UL : column.Nulls[word];
            var values = column.Values[word];
            var passes = (onTrue ? values & ~nulls : 0) | (onFalse ? ~values & ~nulls : 0) | (onNull ? nulls : 0);
            mask[word] &= passes;
        }
    }
}

/// <summary>A column is NULL, or is not.</summary>
internal sealed class NullTest(int ordinal, bool isNull) : BlockTest
{
    public override int Cost => 1;

    public override Verdict Judge(TableVersion version, int block) =>
        version.Column(ordinal, block).Nulls is null ? (isNull ? Verdict.None : Verdict.All) : Verdict.Some;

    public override void Narrow(TableVersion version, int block, Span<ulong> mask)
    {
        var nulls = version.Column(ordinal, block).Nulls;
        if (!isNull)
        {
            Kernel.RemoveNulls(mask, nulls);
        }
        else if (nulls is null)
        {
            mask.Clear();
        }
        else
        {
            Masks.Keep(mask, nulls);
        }
    }
}

/// <summary>A point column lies in a closed box; NULL does not.</summary>
/// <remarks>Blocks that miss the box are skipped, then one byte a coordinate selects by cell, and only what is left is compared exactly.</remarks>
internal sealed class BoxTest(int ordinal, Envelope box) : BlockTest
{
    public override int Cost => 4;

    public override Verdict Judge(TableVersion version, int block)
    {
        var column = (PointBlock)version.Column(ordinal, block);
        if (!box.Intersects(column.Bounds))
        {
            return Verdict.None;
        }

        return box.Contains(column.Bounds) && column.Nulls is null ? Verdict.All : Verdict.Some;
    }

    public override void Narrow(TableVersion version, int block, Span<ulong> mask)
    {
        var column = (PointBlock)version.Column(ordinal, block);
        Kernel.RemoveNulls(mask, column.Nulls);
        NarrowCells(column, box, mask);
        Kernel.Narrow(mask, new BoxKernel(column, box.MinX, box.MinY, box.MaxX, box.MaxY));
    }

    /// <summary>Keeps the rows whose cell meets the box.</summary>
    public static void NarrowCells(PointBlock column, Envelope box, Span<ulong> mask) =>
        Kernel.Narrow(mask, new CellKernel(
            column,
            // The same monotone arithmetic as on writing, so a point in the box never has a cell outside of the box's cells.
            PointBlock.Cell(box.MinX, column.OriginX, column.ScaleX),
            PointBlock.Cell(box.MinY, column.OriginY, column.ScaleY),
            PointBlock.Cell(box.MaxX, column.OriginX, column.ScaleX),
            PointBlock.Cell(box.MaxY, column.OriginY, column.ScaleY)));
}
