using System.Collections.Immutable;
using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Query.Scans.Selection;

/// <summary>A column that rows are sorted by. NULL comes last in both directions; text goes by code point.</summary>
/// <param name="Property">The queryable: any but geometries and arrays.</param>
/// <param name="Descending">Largest first.</param>
public sealed record SortKey(string Property, bool Descending = false);

/// <summary>How rows that <see cref="SelectQuery{TKey}.Sort"/> does not tell apart are ordered.</summary>
public enum RowOrder
{
    /// <summary>As they stand in their tables. Without a sort key a page then costs only what it returns; a row never moves, so no row comes twice.</summary>
    Stored,

    /// <summary>By the rows' keys.</summary>
    Key,
}

/// <summary>The place behind a row in an order: where the next page begins. It stays valid when rows come, change or go.</summary>
/// <typeparam name="TKey">The type of the rows' keys.</typeparam>
/// <param name="Values">The row's values of the sort columns.</param>
/// <param name="Key">The row's key.</param>
/// <param name="Table">The index of the row's table.</param>
/// <param name="Row">The row's number in its table.</param>
public sealed record Cursor<TKey>(ImmutableArray<Value> Values, TKey Key, int Table, int Row);

/// <summary>A page of the rows that a filter selects, in an order.</summary>
/// <typeparam name="TKey">The type of the rows' keys.</typeparam>
public sealed record SelectQuery<TKey>
{
    /// <summary>Selects the rows; null takes all.</summary>
    public Filter? Filter { get; init; }

    /// <summary>The sort columns, the most significant first.</summary>
    public ImmutableArray<SortKey> Sort { get; init; } = [];

    /// <summary>The order of rows that the sort columns do not tell apart.</summary>
    public RowOrder Order { get; init; }

    /// <summary>Rows at most; 0 only counts.</summary>
    /// <value>From 0 to <see cref="ScanOptions.RowsReturned"/>.</value>
    public required int Limit { get; init; }

    /// <summary>The page begins behind this place; null begins at the first row.</summary>
    public Cursor<TKey>? After { get; init; }

    /// <summary>Whether to count all rows that the filter selects, not only those of the page.</summary>
    public bool CountMatched { get; init; } = true;

    /// <summary>The moment that <c>now()</c> means in the filter, in UTC ticks.</summary>
    public long NowTicks { get; init; }
}

/// <summary>A row that a query found.</summary>
/// <typeparam name="TKey">The type of the rows' keys.</typeparam>
/// <param name="Table">The table version that holds it; it stays readable for as long as it is kept.</param>
/// <param name="Row">The row's number in it.</param>
public readonly record struct Hit<TKey>(TableVersion<TKey> Table, int Row)
    where TKey : notnull, IComparable<TKey>, IEquatable<TKey>
{
    /// <summary>The row's key.</summary>
    public TKey Key => Table.KeyOf(Row);

    /// <summary>A value of the row.</summary>
    /// <param name="ordinal">The queryable's ordinal.</param>
    public Value this[int ordinal] => Table.Read(Row, ordinal);
}

/// <summary>A page of rows.</summary>
/// <typeparam name="TKey">The type of the rows' keys.</typeparam>
/// <param name="Hits">The rows, in order.</param>
/// <param name="Matched">Number of all rows that the filter selects; null when it was not asked for.</param>
/// <param name="Next">Where the next page begins; null when this page was not full.</param>
public sealed record Page<TKey>(ImmutableArray<Hit<TKey>> Hits, long? Matched, Cursor<TKey>? Next)
    where TKey : notnull, IComparable<TKey>, IEquatable<TKey>;
