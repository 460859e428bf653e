using System.Numerics;
using System.Runtime.InteropServices;
using NetTopologySuite.Geometries;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Query.Columns;

/// <summary>A table as it was at one moment: what queries read. Immutable, and safe to read from many threads.</summary>
/// <remarks>It keeps the blocks alive that it shares with its table and with other versions; let go of it when the query ends.</remarks>
public abstract class TableVersion
{
    private readonly ColumnBlock[][] _columns;
    private readonly TextDictionary?[] _dictionaries;

    private protected TableVersion(Schema schema, TextDictionary?[] dictionaries, ColumnBlock[][] columns, int blocks, int count)
    {
        Schema = schema;
        Count = count;
        BlockCount = blocks;
        _columns = columns;
        _dictionaries = dictionaries;
    }

    /// <summary>The queryables, one column each, in this order.</summary>
    public Schema Schema { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Number of blocks, some of whose rows may be dead.</summary>
    internal int BlockCount { get; }

    /// <summary>The value of a row.</summary>
    /// <param name="row">The number of a row that exists.</param>
    /// <param name="ordinal">The queryable's ordinal.</param>
    /// <returns>The value; a point is made anew for every call.</returns>
    public Value Read(int row, int ordinal)
    {
        var column = _columns[ordinal][row >> ColumnBlock.Shift];
        row &= ColumnBlock.Rows - 1;
        return column.IsNull(row) ? Value.Null : column switch
        {
            NumberBlock numbers => Value.Of(numbers.Values[row]),
            CodeBlock codes => Value.Of(_dictionaries[ordinal]![codes[row]]),
            BooleanBlock booleans => Value.Of((booleans.Values[row >> 6] >> row & 1) != 0),
            PointBlock points => Value.Of(new Point(points.X[row], points.Y[row])),
            IntegerBlock integers => ReadInteger(integers.Values[row], Schema[ordinal].Type),
            _ => ReadObject(((ObjectBlock)column).Values[row]),
        };
    }

    /// <summary>The numbers of all rows, in the order in which they stand.</summary>
    public IEnumerable<int> Rows()
    {
        for (var block = 0; block < BlockCount; block++)
        {
            for (var word = 0; word < ColumnBlock.Words; word++)
            {
                for (var bits = Live(block)[word]; bits != 0; bits &= bits - 1)
                {
                    yield return (block << ColumnBlock.Shift) + (word * 64) + BitOperations.TrailingZeroCount(bits);
                }
            }
        }
    }

    /// <summary>The values of a column in a block.</summary>
    internal ColumnBlock Column(int ordinal, int block) => _columns[ordinal][block];

    /// <summary>The dictionary of a text column; null for a column of another kind.</summary>
    internal TextDictionary? Dictionary(int ordinal) => _dictionaries[ordinal];

    /// <summary>One bit a row, set for a row that exists. Do not change it.</summary>
    internal abstract ulong[] Live(int block);

    /// <summary>Number of rows that exist in a block.</summary>
    internal abstract int LiveCount(int block);

    private static Value ReadInteger(long raw, QueryableType type) => type switch
    {
        QueryableType.Date => Value.OfDay(raw),
        QueryableType.Timestamp => Value.OfTicks(raw),
        _ => Value.Of(raw),
    };

    private static Value ReadObject(object? value) => value switch
    {
        string text => Value.Of(text),
        Geometry geometry => Value.Of(geometry),
        Value[] items => Value.Of(ImmutableCollectionsMarshal.AsImmutableArray(items)),
        _ => Value.Null,
    };
}

/// <summary>A table version whose rows have keys of a type.</summary>
/// <typeparam name="TKey">The type of the rows' keys.</typeparam>
public sealed class TableVersion<TKey> : TableVersion
    where TKey : notnull, IComparable<TKey>, IEquatable<TKey>
{
    private readonly RowBlock<TKey>[] _rows;
    private readonly KeyIndex<TKey> _index;

    internal TableVersion(
        Schema schema, TextDictionary?[] dictionaries, ColumnBlock[][] columns, RowBlock<TKey>[] rows, KeyIndex<TKey> index, int blocks, int count, IComparer<TKey> keyComparer)
        : base(schema, dictionaries, columns, blocks, count)
    {
        _rows = rows;
        _index = index;
        KeyComparer = keyComparer;
    }

    /// <summary>The order of keys.</summary>
    internal IComparer<TKey> KeyComparer { get; }

    /// <summary>The key of a row.</summary>
    /// <param name="row">The number of a row that exists.</param>
    public TKey KeyOf(int row) => _rows[row >> ColumnBlock.Shift].Keys[row & (ColumnBlock.Rows - 1)];

    /// <summary>Finds the row of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="row">The row's number; −1 when there is none.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryFind(TKey key, out int row)
    {
        row = _index.Find(_rows, key, KeyIndex<TKey>.HashOf(key));
        return row >= 0;
    }

    internal override ulong[] Live(int block) => _rows[block].Live;

    internal override int LiveCount(int block) => _rows[block].Count;
}
