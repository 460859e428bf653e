using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Query.Columns;

/// <summary>A table as it was at one moment: what queries read. Immutable, and safe to read from many threads.</summary>
/// <remarks>It keeps the blocks alive that it shares with its table and with other versions; let go of it when the query ends.</remarks>
public abstract class TableVersion
{
    /// <summary>The queryables, one column each, in this order.</summary>
    public abstract Schema Schema { get; }

    /// <summary>Number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>Number of blocks, some of whose rows may be dead.</summary>
    internal abstract int BlockCount { get; }

    /// <summary>The values of a column in a block.</summary>
    internal abstract ColumnBlock Column(int ordinal, int block);

    /// <summary>One bit a row, set for a row that exists. Do not change it.</summary>
    internal abstract ulong[] Live(int block);

    /// <summary>Number of rows that exist in a block.</summary>
    internal abstract int LiveCount(int block);

    /// <summary>The dictionary of a text column; null for a column of another kind.</summary>
    internal abstract TextDictionary? Dictionary(int ordinal);

    /// <summary>Compares the keys of two rows of this version: the last word in every order.</summary>
    internal abstract int CompareKeys(int left, int right);
}
