using System.Runtime.CompilerServices;
using NetTopologySuite.Geometries;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Query.Columns;

// The blocks below: new ones, copies of shared ones, and what is stored in them.
public sealed partial class ColumnTable<TKey>
{
    private int TakePlace(TKey key)
    {
        while (_firstWithRoom < _blocks && _rows[_firstWithRoom].Count == ColumnBlock.Rows)
        {
            _firstWithRoom++;
        }

        if (_firstWithRoom == _blocks)
        {
            AddBlock();
        }

        return (_firstWithRoom << ColumnBlock.Shift) + WritableRows(_firstWithRoom).Take(key);
    }

    private void AddBlock()
    {
        if ((long)(_blocks + 1) << ColumnBlock.Shift > KeyIndex<TKey>.RowLimit)
        {
            throw new InvalidOperationException($"The table has room for {KeyIndex<TKey>.RowLimit} rows; divide the rows over more tables.");
        }

        var room = Math.Max(4, _blocks * 2);
        if (_blocks == _rows.Length)
        {
            Array.Resize(ref _rows, room);
            _ownsRows = true;
        }

        OwnRows();
        _rows[_blocks] = new RowBlock<TKey> { Stamp = _stamp };
        for (var ordinal = 0; ordinal < _columns.Length; ordinal++)
        {
            if (_blocks == _columns[ordinal].Length)
            {
                Array.Resize(ref _columns[ordinal], room);
                _ownsColumn[ordinal] = true;
            }

            OwnColumn(ordinal);
            _columns[ordinal][_blocks] = NewBlock(Schema[ordinal]);
            _columns[ordinal][_blocks].Stamp = _stamp;
        }

        _blocks++;
    }

    private static ColumnBlock NewBlock(Schemas.Queryable queryable) => queryable switch
    {
        { Type: QueryableType.Text, Distinct: false } => new CodeBlock(),
        { Type: QueryableType.Number } => new NumberBlock(),
        { Type: QueryableType.Integer or QueryableType.Date or QueryableType.Timestamp } => new IntegerBlock(),
        { Type: QueryableType.Boolean } => new BooleanBlock(),
        { Type: QueryableType.Point } => new PointBlock(),
        _ => new ObjectBlock(),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ColumnBlock Writable(int ordinal, int block)
    {
        var column = _columns[ordinal][block];
        return column.Stamp == _stamp ? column : CopyBlock(ordinal, block);
    }

    private ColumnBlock CopyBlock(int ordinal, int block)
    {
        OwnColumn(ordinal);
        var copy = _columns[ordinal][block].Copy(_rows[block].Live);
        copy.Stamp = _stamp;
        return _columns[ordinal][block] = copy;
    }

    private RowBlock<TKey> WritableRows(int block)
    {
        if (_rows[block].Stamp != _stamp)
        {
            OwnRows();
            var copy = _rows[block].Copy();
            copy.Stamp = _stamp;
            _rows[block] = copy;
        }

        return _rows[block];
    }

    private void OwnColumn(int ordinal)
    {
        if (!_ownsColumn[ordinal])
        {
            _columns[ordinal] = (ColumnBlock[])_columns[ordinal].Clone();
            _ownsColumn[ordinal] = true;
        }
    }

    private void OwnRows()
    {
        if (!_ownsRows)
        {
            _rows = (RowBlock<TKey>[])_rows.Clone();
            _ownsRows = true;
        }
    }

    private void Store(int row, ReadOnlySpan<Value> values)
    {
        for (var ordinal = 0; ordinal < values.Length; ordinal++)
        {
            Store(row, ordinal, values[ordinal]);
        }
    }

    private void Store(int row, int ordinal, Value value)
    {
        var column = Writable(ordinal, row >> ColumnBlock.Shift);
        row &= InBlock;
        if (value.IsNull)
        {
            column.Clear(row);
            return;
        }

        switch (column)
        {
            case NumberBlock numbers:
                numbers.Set(row, value.Number);
                break;
            case IntegerBlock integers:
                integers.Set(row, value.Kind == ValueKind.Number ? (long)value.Number : value.Integer);
                break;
            case CodeBlock codes:
                codes.Set(row, _dictionaries[ordinal]!.CodeOf(value.Text!));
                break;
            case BooleanBlock booleans:
                booleans.Set(row, value.Boolean);
                break;
            case PointBlock points:
                var place = (Point)value.Geometry!;
                points.Set(row, place.X, place.Y);
                break;
            case ObjectBlock objects:
                objects.Set(row, value.Text ?? value.Geometry ?? (object)System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsArray(value.Items)!);
                break;
        }
    }
}
