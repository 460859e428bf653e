using System.Numerics;
using NetTopologySuite.Geometries;

namespace Pudong.Twin.Query.Columns;

/// <summary>Points in CRS84, exact, with a coarse cell beside each for fast selection by a box.</summary>
/// <remarks>
/// The cell of a coordinate is <c>clamp((x − Origin) · Scale, 0, 255)</c>, truncated. Cells are formed over the extent that the block had when they were last
/// made, and clamped outside it; so cell 0 also means "anywhere west (south) of the origin" and cell 255 "anywhere beyond".
/// </remarks>
internal sealed class PointBlock : ColumnBlock
{
    private const int Cells = 256;

    private int _outside;

    public readonly double[] X;
    public readonly double[] Y;
    public readonly byte[] CellX;
    public readonly byte[] CellY;
    public double OriginX;
    public double OriginY;

    /// <summary>Cells a degree of longitude; 0 puts every row into cell 0.</summary>
    public double ScaleX;

    /// <summary>Cells a degree of latitude; 0 puts every row into cell 0.</summary>
    public double ScaleY;

    /// <summary>Contains every point of the block; null envelope when there is none.</summary>
    public Envelope Bounds = new();

    public PointBlock()
        : this(new double[Rows], new double[Rows], new byte[Rows], new byte[Rows])
    {
    }

    private PointBlock(double[] x, double[] y, byte[] cellX, byte[] cellY)
    {
        X = x;
        Y = y;
        CellX = cellX;
        CellY = cellY;
    }

    /// <summary>The cell of a coordinate; never decreases as the coordinate grows.</summary>
    public static byte Cell(double coordinate, double origin, double scale) => (byte)Math.Clamp((coordinate - origin) * scale, 0, Cells - 1);

    /// <summary>Writes a point; one that is not finite is NULL.</summary>
    public void Set(int row, double x, double y)
    {
        if (!double.IsFinite(x) || !double.IsFinite(y))
        {
            Clear(row);
            return;
        }

        SetNotNull(row);
        (X[row], Y[row]) = (x, y);
        if (!Bounds.Contains(x, y))
        {
            Bounds.ExpandToInclude(x, y);
            _outside++;
        }

        (CellX[row], CellY[row]) = (Cell(x, OriginX, ScaleX), Cell(y, OriginY, ScaleY));
        // Points beyond the extent share its outermost cells; with too many of them the cells no longer tell anything.
        if (_outside > 16)
        {
            Divide();
        }
    }

    public override void Clear(int row)
    {
        SetNull(row);
        (X[row], Y[row], CellX[row], CellY[row]) = (0, 0, Cell(0, OriginX, ScaleX), Cell(0, OriginY, ScaleY));
    }

    public override ColumnBlock Copy(ReadOnlySpan<ulong> live)
    {
        var copy = new PointBlock(Copy(X), Copy(Y), Copy(CellX), Copy(CellY))
        {
            Nulls = CopyNulls(live),
            OriginX = OriginX,
            OriginY = OriginY,
            ScaleX = ScaleX,
            ScaleY = ScaleY,
            Bounds = Extent(live),
        };
        if (_outside > 0)
        {
            copy.Divide();
        }

        return copy;
    }

    private Envelope Extent(ReadOnlySpan<ulong> live)
    {
        var extent = new Envelope();
        for (var word = 0; word < Words; word++)
        {
            for (var bits = Present(live, word); bits != 0; bits &= bits - 1)
            {
                var row = (word * 64) + BitOperations.TrailingZeroCount(bits);
                extent.ExpandToInclude(X[row], Y[row]);
            }
        }

        return extent;
    }

    // Cells over the present extent.
    private void Divide()
    {
        _outside = 0;
        if (Bounds.IsNull)
        {
            return;
        }

        (OriginX, ScaleX) = Axis(Bounds.MinX, Bounds.Width);
        (OriginY, ScaleY) = Axis(Bounds.MinY, Bounds.Height);
        for (var row = 0; row < Rows; row++)
        {
            CellX[row] = Cell(X[row], OriginX, ScaleX);
            CellY[row] = Cell(Y[row], OriginY, ScaleY);
        }
    }

    private static (double Origin, double Scale) Axis(double start, double length) =>
        (start, length > 0 && double.IsFinite(Cells / length) ? Cells / length : 0);
}
