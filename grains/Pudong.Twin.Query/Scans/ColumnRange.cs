using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Query.Scans;

/// <summary>The values of a column that compare in some way with a constant, as one closed range or all but one.</summary>
internal sealed class ColumnRange
{
    private ColumnRange(bool inside)
    {
        Inside = inside;
    }

    /// <summary>The range of a column of doubles.</summary>
    public (double Low, double High) Numbers { get; private init; }

    /// <summary>The range of a column of integers, days or instants.</summary>
    public (long Low, long High) Integers { get; private init; }

    /// <summary>True when the values in the range compare so, false when those outside do.</summary>
    public bool Inside { get; }

    /// <summary>The constant is NULL: no value compares with it, neither so nor otherwise.</summary>
    public bool IsNever { get; private init; }

    /// <summary>Makes the range.</summary>
    /// <returns>Null when the column is not numeric or the constant is of another sort.</returns>
    public static ColumnRange? For(QueryableType type, Comparison comparison, Value constant)
    {
        if (constant.IsNull)
        {
            return new ColumnRange(true) { IsNever = true };
        }

        var inside = comparison != Comparison.NotEqual;
        return (type, constant.Kind) switch
        {
            (QueryableType.Number, ValueKind.Number) => new ColumnRange(inside) { Numbers = Around(comparison, constant.Number) },
            (QueryableType.Number, ValueKind.Integer) when constant.Integer is >= -(1L << 53) and <= 1L << 53 =>
                new ColumnRange(inside) { Numbers = Around(comparison, constant.Number) },
            (QueryableType.Integer, ValueKind.Number) => new ColumnRange(inside) { Integers = IntegersAround(comparison, constant.Number) },
            (QueryableType.Integer, ValueKind.Integer)
                or (QueryableType.Date, ValueKind.Date)
                or (QueryableType.Timestamp, ValueKind.Timestamp) => new ColumnRange(inside) { Integers = Around(comparison, constant.Integer) },
            _ => null,
        };
    }

    // Next to every double lies another one, so that open ends become closed; a range that ends before it begins holds nothing.
    private static (double Low, double High) Around(Comparison comparison, double value) => comparison switch
    {
        Comparison.Less when double.IsNegativeInfinity(value) => (double.PositiveInfinity, double.NegativeInfinity),
        Comparison.Less => (double.NegativeInfinity, double.BitDecrement(value)),
        Comparison.LessOrEqual => (double.NegativeInfinity, value),
        Comparison.Greater when double.IsPositiveInfinity(value) => (double.PositiveInfinity, double.NegativeInfinity),
        Comparison.Greater => (double.BitIncrement(value), double.PositiveInfinity),
        Comparison.GreaterOrEqual => (value, double.PositiveInfinity),
        _ => (value, value),
    };

    // An integer lies on one side of a number exactly when it lies so of the next integer there.
    private static (long Low, long High) IntegersAround(Comparison comparison, double value)
    {
        const double Beyond = 9223372036854775808.0;
        if (value is >= Beyond or < -Beyond)
        {
            var isAll = comparison is Comparison.Less or Comparison.LessOrEqual ? value > 0 : comparison is Comparison.Greater or Comparison.GreaterOrEqual && value < 0;
            return isAll ? (long.MinValue, long.MaxValue) : (0, -1);
        }

        var (floor, ceiling) = ((long)Math.Floor(value), (long)Math.Ceiling(value));
        return comparison switch
        {
            Comparison.Less or Comparison.GreaterOrEqual => Around(comparison, ceiling),
            Comparison.LessOrEqual or Comparison.Greater => Around(comparison, floor),
            _ => floor == ceiling ? Around(comparison, floor) : (0, -1),
        };
    }

    private static (long Low, long High) Around(Comparison comparison, long value) => comparison switch
    {
        Comparison.Less when value == long.MinValue => (0, -1),
        Comparison.Less => (long.MinValue, value - 1),
        Comparison.LessOrEqual => (long.MinValue, value),
        Comparison.Greater when value == long.MaxValue => (0, -1),
        Comparison.Greater => (value + 1, long.MaxValue),
        Comparison.GreaterOrEqual => (value, long.MaxValue),
        _ => (value, value),
    };
}
