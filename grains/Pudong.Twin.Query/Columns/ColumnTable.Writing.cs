using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Query.Columns;

public sealed partial class ColumnTable<TKey>
{
    private const int InBlock = ColumnBlock.Rows - 1;

    // So many lookups are in flight at once; their waits for memory overlap.
    private const int LookupsAtOnce = 64;

    /// <summary>Adds a row.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="values">A value of the right type, or NULL, for every queryable by ordinal. An integer does for a number, and a number without fraction for an integer.</param>
    /// <returns>False when the key is there already; nothing is changed then.</returns>
    /// <exception cref="ArgumentException">The number or the type of a value is wrong; nothing is changed then.</exception>
    public bool TryInsert(TKey key, ReadOnlySpan<Value> values)
    {
        Check(values);
        using var write = EnterWrite();
        var hash = KeyIndex<TKey>.HashOf(key);
        if (_index.Find(_rows, key, hash) >= 0)
        {
            return false;
        }

        var row = TakePlace(key);
        _index.Add(_rows, hash, row);
        Count++;
        Store(row, values);
        return true;
    }

    /// <summary>Replaces one value.</summary>
    /// <param name="key">The row's key.</param>
    /// <param name="ordinal">The queryable's ordinal.</param>
    /// <param name="value">A value of the right type, or NULL.</param>
    /// <returns>False when there is no such row.</returns>
    /// <exception cref="ArgumentException">The type of the value is wrong; nothing is changed then.</exception>
    public bool Update(TKey key, int ordinal, Value value)
    {
        Check(ordinal, value);
        using var write = EnterWrite();
        var row = FindRow(key);
        if (row >= 0)
        {
            Store(row, ordinal, value);
        }

        return row >= 0;
    }

    /// <summary>Replaces all values of a row.</summary>
    /// <param name="key">The row's key.</param>
    /// <param name="values">As for <see cref="TryInsert"/>.</param>
    /// <returns>False when there is no such row.</returns>
    /// <exception cref="ArgumentException">The number or the type of a value is wrong; nothing is changed then.</exception>
    public bool Update(TKey key, ReadOnlySpan<Value> values)
    {
        Check(values);
        using var write = EnterWrite();
        var row = FindRow(key);
        if (row >= 0)
        {
            Store(row, values);
        }

        return row >= 0;
    }

    /// <summary>Replaces one number in each of many rows; several lookups run at once, so this is the fastest way by key.</summary>
    /// <param name="keys">The rows' keys.</param>
    /// <param name="ordinal">The ordinal of a number queryable.</param>
    /// <param name="values">A number for each key; NaN is NULL.</param>
    /// <returns>How many of the rows were there; the others are passed over.</returns>
    /// <exception cref="ArgumentException">There are not as many values as keys, or the column does not hold numbers.</exception>
    public int UpdateNumbers(ReadOnlySpan<TKey> keys, int ordinal, ReadOnlySpan<double> values)
    {
        if (keys.Length != values.Length)
        {
            throw new ArgumentException($"There are {values.Length} values for {keys.Length} keys; give one for each.", nameof(values));
        }

        CheckType(ordinal, QueryableType.Number);
        using var write = EnterWrite();
        Span<int> rows = stackalloc int[LookupsAtOnce];
        var found = 0;
        for (var from = 0; from < keys.Length; from += LookupsAtOnce)
        {
            var some = keys[from..Math.Min(from + LookupsAtOnce, keys.Length)];
            FindRows(some, rows);
            for (var i = 0; i < some.Length; i++)
            {
                if (rows[i] >= 0)
                {
                    ((NumberBlock)Writable(ordinal, rows[i] >> ColumnBlock.Shift)).Set(rows[i] & InBlock, values[from + i]);
                    found++;
                }
            }
        }

        return found;
    }

    /// <summary>Removes a row; its place is taken by a later one.</summary>
    /// <param name="key">The row's key.</param>
    /// <returns>False when there is no such row.</returns>
    public bool Delete(TKey key)
    {
        using var write = EnterWrite();
        var hash = KeyIndex<TKey>.HashOf(key);
        var row = _index.Find(_rows, key, hash);
        if (row < 0)
        {
            return false;
        }

        _index.Remove(_rows, hash, row);
        for (var ordinal = 0; ordinal < _columns.Length; ordinal++)
        {
            Writable(ordinal, row >> ColumnBlock.Shift).Clear(row & InBlock);
        }

        WritableRows(row >> ColumnBlock.Shift).Free(row & InBlock);
        _firstWithRoom = Math.Min(_firstWithRoom, row >> ColumnBlock.Shift);
        Count--;
        return true;
    }

    /// <summary>The number of a row, by which it can be written without looking its key up; it stays the same until the row is deleted.</summary>
    /// <param name="key">The row's key.</param>
    /// <returns>The number, or −1 when there is no such row.</returns>
    public int RowOf(TKey key) => FindRow(key);

    /// <summary>Writes a number.</summary>
    /// <param name="row">The number of a row that exists.</param>
    /// <param name="ordinal">The ordinal of a number queryable.</param>
    /// <param name="value">The number; NaN is NULL.</param>
    /// <exception cref="ArgumentException">There is no such row, or the column does not hold numbers.</exception>
    public void SetNumber(int row, int ordinal, double value)
    {
        CheckType(ordinal, QueryableType.Number);
        using var write = EnterWrite();
        CheckRow(row);
        ((NumberBlock)Writable(ordinal, row >> ColumnBlock.Shift)).Set(row & InBlock, value);
    }

    /// <summary>Writes a point.</summary>
    /// <param name="row">The number of a row that exists.</param>
    /// <param name="ordinal">The ordinal of a point queryable.</param>
    /// <param name="x">Longitude in degrees; NULL is written when it is not finite.</param>
    /// <param name="y">Latitude in degrees; NULL is written when it is not finite.</param>
    /// <exception cref="ArgumentException">There is no such row, or the column does not hold points.</exception>
    public void SetPoint(int row, int ordinal, double x, double y)
    {
        CheckType(ordinal, QueryableType.Point);
        using var write = EnterWrite();
        CheckRow(row);
        ((PointBlock)Writable(ordinal, row >> ColumnBlock.Shift)).Set(row & InBlock, x, y);
    }

    /// <summary>Writes any value.</summary>
    /// <param name="row">The number of a row that exists.</param>
    /// <param name="ordinal">The queryable's ordinal.</param>
    /// <param name="value">A value of the right type, or NULL.</param>
    /// <exception cref="ArgumentException">There is no such row, or the type of the value is wrong.</exception>
    public void SetValue(int row, int ordinal, Value value)
    {
        Check(ordinal, value);
        using var write = EnterWrite();
        CheckRow(row);
        Store(row, ordinal, value);
    }

    // A write outside of a batch is a batch of its own.
    private WriteScope EnterWrite()
    {
        if (_inBatch)
        {
            return default;
        }

        _gate.Enter();
        _version = null;
        return new WriteScope(_gate);
    }

    private int FindRow(TKey key) => _index.Find(_rows, key, KeyIndex<TKey>.HashOf(key));

    // In stages: all hashes, then all slots, then all keys, so that the processor waits for many cache lines at once.
    private void FindRows(ReadOnlySpan<TKey> keys, Span<int> found)
    {
        Span<uint> hashes = stackalloc uint[LookupsAtOnce];
        for (var i = 0; i < keys.Length; i++)
        {
            hashes[i] = KeyIndex<TKey>.HashOf(keys[i]);
        }

        for (var i = 0; i < keys.Length; i++)
        {
            found[i] = _index.Peek(_index.HomeOf(hashes[i]));
        }

        for (var i = 0; i < keys.Length; i++)
        {
            var entry = found[i];
            var row = KeyIndex<TKey>.RowIn(entry);
            found[i] = entry != 0 && _rows[row >> ColumnBlock.Shift].Keys[row & InBlock].Equals(keys[i])
                ? row
                : _index.Find(_rows, keys[i], hashes[i]);
        }
    }

    private readonly ref struct WriteScope(Lock? gate)
    {
        public void Dispose() => gate?.Exit();
    }
}
