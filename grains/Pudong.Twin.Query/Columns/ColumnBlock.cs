using NetTopologySuite.Geometries;

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
}

/// <summary>Doubles; never NaN.</summary>
internal sealed class NumberBlock : ColumnBlock
{
    public double[] Values = new double[Rows];

    /// <summary>At most every value of the block; +∞ when there is none.</summary>
    public double Min = double.PositiveInfinity;

    /// <summary>At least every value of the block; −∞ when there is none.</summary>
    public double Max = double.NegativeInfinity;
}

/// <summary>Integers, days of dates, or UTC ticks of timestamps.</summary>
internal sealed class IntegerBlock : ColumnBlock
{
    public long[] Values = new long[Rows];

    /// <summary>At most every value of the block; <see cref="long.MaxValue"/> when there is none.</summary>
    public long Min = long.MaxValue;

    /// <summary>At least every value of the block; <see cref="long.MinValue"/> when there is none.</summary>
    public long Max = long.MinValue;
}

/// <summary>Truth values, one bit a row.</summary>
internal sealed class BooleanBlock : ColumnBlock
{
    public ulong[] Values = new ulong[Words];
}

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
}

/// <summary>Points in CRS84, exact, with a coarse cell beside each for fast selection by a box.</summary>
/// <remarks>
/// The cell of a coordinate is <c>clamp((x − Origin) · Scale, 0, 255)</c>, truncated. Cells are formed over the extent that the block had when they were last
/// made, and clamped outside it; so cell 0 also means "anywhere west (south) of the origin" and cell 255 "anywhere beyond".
/// </remarks>
internal sealed class PointBlock : ColumnBlock
{
    public double[] X = new double[Rows];
    public double[] Y = new double[Rows];
    public byte[] CellX = new byte[Rows];
    public byte[] CellY = new byte[Rows];
    public double OriginX;
    public double OriginY;

    /// <summary>Cells a degree of longitude; 0 puts every row into cell 0.</summary>
    public double ScaleX;

    /// <summary>Cells a degree of latitude; 0 puts every row into cell 0.</summary>
    public double ScaleY;

    /// <summary>Contains every point of the block; null envelope when there is none.</summary>
    public Envelope Bounds = new();
}

/// <summary>Anything else: geometries, arrays (as boxed <see cref="Evaluation.Value"/> items), and text that differs in almost every row.</summary>
internal sealed class ObjectBlock : ColumnBlock
{
    /// <summary>A <see cref="string"/>, a <see cref="Geometry"/> or a <c>Value[]</c>; null for NULL.</summary>
    public object?[] Values = new object?[Rows];
}
