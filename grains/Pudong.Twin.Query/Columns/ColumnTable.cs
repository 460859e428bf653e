using System.Diagnostics;
using Pudong.Twin.Query.Schemas;
using Pudong.Twin.Query.Texts;

namespace Pudong.Twin.Query.Columns;

/// <summary>Rows with keys, kept in typed columns for scanning: written in place by one writer, read through versions that never change.</summary>
/// <remarks>
/// <para>One thread writes at a time. <see cref="Snapshot()"/> and <see cref="Fork"/> may be called from any thread; they wait while a write or a batch is running,
/// and so see all of a batch or nothing. Keep batches short.</para>
/// <para>Nothing is copied until it is written: a version shares the table's blocks of 4,096 rows, and the first write to a shared block copies the values of one column of
/// it. Entering and leaving the gate is also what makes blocks written by one thread visible to the others.</para>
/// </remarks>
/// <typeparam name="TKey">The type of the rows' keys, with a <c>GetHashCode</c> that tells keys apart.</typeparam>
public sealed partial class ColumnTable<TKey>
    where TKey : notnull, IComparable<TKey>, IEquatable<TKey>
{
    private static long LastStamp;

    private readonly Lock _gate = new();
    private readonly TextDictionary?[] _dictionaries;
    private readonly ColumnBlock[][] _columns;
    private readonly bool[] _ownsColumn;
    private readonly IComparer<TKey> _keyComparer;
    private readonly KeyIndex<TKey> _index;
    private RowBlock<TKey>[] _rows;
    private bool _ownsRows;
    private int _blocks;
    private int _firstWithRoom;
    private long _stamp = NextStamp();
    private bool _inBatch;
    private TableVersion<TKey>? _version;
    // Weak: between two readers nothing but a reader may keep the blocks of an outdated version.
    private readonly WeakReference<TableVersion<TKey>?> _last = new(null);
    private long _lastTime;

    /// <summary>Makes an empty table.</summary>
    /// <param name="schema">The queryables, a column each.</param>
    /// <param name="options">The limits; null means <see cref="ColumnTableOptions.Default"/>.</param>
    /// <param name="keyComparer">The order of keys; null means by code point for text and the type's own otherwise.</param>
    public ColumnTable(Schema schema, ColumnTableOptions? options = null, IComparer<TKey>? keyComparer = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Schema = schema;
        var entries = (options ?? ColumnTableOptions.Default).DictionaryEntries;
        _keyComparer = keyComparer ?? (typeof(TKey) == typeof(string) ? (IComparer<TKey>)CodePointOrder.Comparer : Comparer<TKey>.Default);
        _dictionaries = [.. schema.Queryables.Select(queryable => queryable is { Type: QueryableType.Text, Distinct: false } ? new TextDictionary(entries) : null)];
        _columns = [.. schema.Queryables.Select(_ => Array.Empty<ColumnBlock>())];
        _ownsColumn = new bool[_columns.Length];
        _rows = [];
        _index = new KeyIndex<TKey>();
        _index.Own(_stamp);
    }

    private ColumnTable(ColumnTable<TKey> origin)
    {
        Schema = origin.Schema;
        Count = origin.Count;
        _keyComparer = origin._keyComparer;
        _dictionaries = origin._dictionaries;
        _columns = [.. origin._columns];
        _ownsColumn = new bool[_columns.Length];
        _rows = origin._rows;
        _blocks = origin._blocks;
        _firstWithRoom = origin._firstWithRoom;
        _index = origin._index.Share(origin._stamp);
        _index.Own(_stamp);
    }

    /// <summary>The queryables, a column each.</summary>
    public Schema Schema { get; }

    /// <summary>Number of rows, as the writer sees it.</summary>
    public int Count { get; private set; }

    /// <summary>The table as it is now; the same object again until something is written.</summary>
    /// <exception cref="InvalidOperationException">The calling thread has a batch open.</exception>
    public TableVersion<TKey> Snapshot()
    {
        lock (_gate)
        {
            RefuseInBatch();
            if (_version is null)
            {
                Share();
                _version = new TableVersion<TKey>(Schema, _dictionaries, [.. _columns], _rows, _index.Share(_stamp), _blocks, Count, _keyComparer);
                _last.SetTarget(_version);
                _lastTime = Stopwatch.GetTimestamp();
            }

            return _version;
        }
    }

    /// <summary>The table as it is now or was a moment ago. Readers that need not see the newest write spare the writer a copy of each block it writes.</summary>
    /// <param name="oldest">How old the version may be: an older one is made anew. Zero gives the table as it is now.</param>
    /// <exception cref="InvalidOperationException">The calling thread has a batch open.</exception>
    public TableVersion<TKey> Snapshot(TimeSpan oldest)
    {
        lock (_gate)
        {
            RefuseInBatch();
            return _version ?? (Stopwatch.GetElapsedTime(_lastTime) < oldest && _last.TryGetTarget(out var last) ? last : Snapshot());
        }
    }

    /// <summary>A table of its own with the same rows. It shares everything that neither of the two has written since, so it costs next to nothing.</summary>
    /// <exception cref="InvalidOperationException">The calling thread has a batch open.</exception>
    public ColumnTable<TKey> Fork()
    {
        lock (_gate)
        {
            RefuseInBatch();
            Share();
            return new ColumnTable<TKey>(this);
        }
    }

    /// <summary>Begins writes that versions show all together or not at all. Dispose of it on the same thread.</summary>
    /// <exception cref="InvalidOperationException">A batch is open already.</exception>
    public Batch BeginBatch()
    {
        _gate.Enter();
        if (_inBatch)
        {
            _gate.Exit();
            throw new InvalidOperationException("A batch is open already; dispose of it before beginning another.");
        }

        _inBatch = true;
        _version = null;
        return new Batch(this);
    }

    private static long NextStamp() => Interlocked.Increment(ref LastStamp);

    // From here on every block and every array of blocks belongs to a version or fork too.
    private void Share()
    {
        _stamp = NextStamp();
        _index.Own(_stamp);
        Array.Clear(_ownsColumn);
        _ownsRows = false;
    }

    private void RefuseInBatch()
    {
        if (_inBatch)
        {
            throw new InvalidOperationException("The batch of this thread is still open; dispose of it before taking a version or fork.");
        }
    }

    /// <summary>Writes that become visible together when this is disposed of.</summary>
    public sealed class Batch : IDisposable
    {
        private ColumnTable<TKey>? _table;

        internal Batch(ColumnTable<TKey> table) => _table = table;

        /// <summary>Ends the batch; a second call does nothing.</summary>
        public void Dispose()
        {
            if (_table is { } table)
            {
                _table = null;
                table._inBatch = false;
                table._gate.Exit();
            }
        }
    }
}
