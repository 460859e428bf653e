using System.Collections.Immutable;
using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Query.Scans.Selection;

/// <summary>The whole order of a query: sort columns, then keys or places. One a thread, as it reads through a cursor of its own.</summary>
internal sealed class RowComparer<TKey> : IComparer<Candidate>
    where TKey : notnull, IComparable<TKey>, IEquatable<TKey>
{
    private readonly IReadOnlyList<TableVersion<TKey>> _versions;
    private readonly ImmutableArray<(int Ordinal, bool Descending)> _sort;
    private readonly RowOrder _order;

    public RowComparer(IReadOnlyList<TableVersion<TKey>> versions, SelectQuery<TKey> query)
    {
        _versions = versions;
        _sort = [.. query.Sort.Select(key => (versions[0].Schema.OrdinalOf(key.Property), key.Descending))];
        _order = query.Order;
    }

    public int Compare(Candidate left, Candidate right)
    {
        var order = left.Rank.CompareTo(right.Rank);
        for (var i = 0; order == 0 && i < _sort.Length; i++)
        {
            order = Directed(ValueOf(left, i), ValueOf(right, i), _sort[i].Descending);
        }

        return order != 0 ? order : _order == RowOrder.Key
            ? _versions[0].KeyComparer.Compare(KeyOf(left), KeyOf(right))
            : (left.Table, left.Row).CompareTo((right.Table, right.Row));
    }

    /// <summary>Compares a row with the place where a page begins.</summary>
    public int CompareTo(Candidate row, Cursor<TKey> cursor)
    {
        var order = 0;
        for (var i = 0; order == 0 && i < _sort.Length; i++)
        {
            order = Directed(ValueOf(row, i), cursor.Values[i], _sort[i].Descending);
        }

        return order != 0 ? order : _order == RowOrder.Key
            ? _versions[0].KeyComparer.Compare(KeyOf(row), cursor.Key)
            : (row.Table, row.Row).CompareTo((cursor.Table, cursor.Row));
    }

    /// <summary>The place behind a row.</summary>
    public Cursor<TKey> CursorAt(Candidate row) =>
        new([.. Enumerable.Range(0, _sort.Length).Select(i => ValueOf(row, i))], KeyOf(row), row.Table, row.Row);

    private static int Directed(Value left, Value right, bool descending)
    {
        if (left.IsNull || right.IsNull)
        {
            return left.IsNull.CompareTo(right.IsNull);
        }

        var order = ValueOrder.Compare(left, right);
        return descending ? -order : order;
    }

    private Value ValueOf(Candidate row, int sortColumn) => _versions[row.Table].Read(row.Row, _sort[sortColumn].Ordinal);

    private TKey KeyOf(Candidate row) => _versions[row.Table].KeyOf(row.Row);
}
