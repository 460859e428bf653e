using NetTopologySuite.Geometries;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Query.Columns;

public sealed partial class ColumnTable<TKey>
{
    private void Check(ReadOnlySpan<Value> values)
    {
        if (values.Length != _columns.Length)
        {
            throw new ArgumentException($"The row has {values.Length} values and the table {_columns.Length} columns; give one for each.", nameof(values));
        }

        for (var ordinal = 0; ordinal < values.Length; ordinal++)
        {
            Check(ordinal, values[ordinal]);
        }
    }

    private void Check(int ordinal, in Value value)
    {
        CheckOrdinal(ordinal);
        var queryable = Schema[ordinal];
        var fits = value.Kind == ValueKind.Null || queryable.Type switch
        {
            QueryableType.Text => value.Kind == ValueKind.Text,
            QueryableType.Number => value.Kind is ValueKind.Number or ValueKind.Integer,
            QueryableType.Integer => value.Kind == ValueKind.Integer || (value.Kind == ValueKind.Number && IsIntegral(value.Number)),
            QueryableType.Boolean => value.Kind == ValueKind.Boolean,
            QueryableType.Date => value.Kind == ValueKind.Date,
            QueryableType.Timestamp => value.Kind == ValueKind.Timestamp,
            QueryableType.Point => value.Geometry is Point,
            QueryableType.Geometry => value.Kind == ValueKind.Geometry,
            _ => value.Kind == ValueKind.Array,
        };
        if (!fits)
        {
            throw new ArgumentException($"The column '{queryable.Name}' holds values of type {queryable.Type}, and {value} is of kind {value.Kind}.", nameof(value));
        }

        // A dictionary that is full refuses here, before anything is changed.
        if (value.Text is { } text)
        {
            _dictionaries[ordinal]?.CodeOf(text);
        }
    }

    private void CheckType(int ordinal, QueryableType type)
    {
        CheckOrdinal(ordinal);
        if (Schema[ordinal].Type != type)
        {
            throw new ArgumentException($"The column '{Schema[ordinal].Name}' holds values of type {Schema[ordinal].Type}; this method writes to a column of type {type}.", nameof(ordinal));
        }
    }

    private void CheckOrdinal(int ordinal)
    {
        if ((uint)ordinal >= (uint)_columns.Length)
        {
            throw new ArgumentException($"The table has no column {ordinal}; its ordinals go from 0 to {_columns.Length - 1}.", nameof(ordinal));
        }
    }

    private void CheckRow(int row)
    {
        var block = row >> ColumnBlock.Shift;
        if ((uint)block >= (uint)_blocks || (_rows[block].Live[(row & InBlock) >> 6] >> row & 1) == 0)
        {
            throw new ArgumentException($"The table has no row {row}; ask for the number of a row by its key.", nameof(row));
        }
    }

    private static bool IsIntegral(double value) => Math.Floor(value).Equals(value) && value is >= -9223372036854775808.0 and < 9223372036854775808.0;
}
