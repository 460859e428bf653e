using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;
using Pudong.Twin.Query.Texts;

namespace Pudong.Twin.Query.Scans.Selection;

/// <summary>Maps the values of the first sort column to integers of the same order, so that most rows are compared by one number.</summary>
/// <remarks>Smaller ranks come first; NULL has the largest. Rows of equal rank have to be compared in full, as a rank may join different values.</remarks>
internal abstract class SortRank
{
    /// <summary>The rank of NULL, behind all others.</summary>
    public const long Last = long.MaxValue;

    /// <summary>The ranks of some rows of a block.</summary>
    public abstract void Rank(TableVersion version, int block, ReadOnlySpan<ushort> rows, Span<long> ranks);

    /// <summary>The rank of a value.</summary>
    public abstract long RankOf(Value value);

    /// <summary>At most the rank of every row of a block.</summary>
    public virtual long Best(TableVersion version, int block) => long.MinValue;

    /// <summary>Clears bits of rows whose rank is above a limit; may leave some.</summary>
    public virtual void Narrow(TableVersion version, int block, long limit, Span<ulong> mask)
    {
    }

    /// <summary>Makes the ranking of a column; without a column all rows have the same rank.</summary>
    public static SortRank For(IReadOnlyList<TableVersion> versions, SortKey? key)
    {
        if (key is null)
        {
            return new NoRank();
        }

        var schema = versions[0].Schema;
        var ordinal = schema.OrdinalOf(key.Property);
        return schema[ordinal].Type switch
        {
            QueryableType.Number => new NumberRank(ordinal, key.Descending),
            QueryableType.Integer or QueryableType.Date or QueryableType.Timestamp => new IntegerRank(ordinal, key.Descending),
            QueryableType.Text when !schema[ordinal].Distinct => new CodeRank(versions, ordinal, key.Descending),
            _ => new NoRank(),
        };
    }

    /// <summary>Turns the order of a rank around, if asked.</summary>
    protected static long Directed(long rank, bool descending) => descending ? ~rank : rank;

    /// <summary>True for a NULL.</summary>
    protected static bool IsNull(ulong[]? nulls, int row) => nulls is not null && (nulls[row >> 6] >> row & 1) != 0;

    /// <summary>Keeps the rows in a closed range, and NULLs when the limit admits them.</summary>
    protected static void NarrowRange<T>(T[] values, ulong[]? nulls, T low, T high, Span<ulong> mask)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        Kernel.RemoveNulls(mask, nulls);
        Kernel.Narrow(mask, new RangeKernel<T>(values, low, high, inside: true));
    }
}

/// <summary>All rows are equal here.</summary>
internal sealed class NoRank : SortRank
{
    public override void Rank(TableVersion version, int block, ReadOnlySpan<ushort> rows, Span<long> ranks) => ranks.Clear();

    public override long RankOf(Value value) => 0;
}

/// <summary>Doubles, by their bits.</summary>
internal sealed class NumberRank(int ordinal, bool descending) : SortRank
{
    /// <summary>An integer with the order of the double; −0 counts as 0.</summary>
    public static long RankOf(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value + 0.0);
        return bits ^ (bits >> 63 & long.MaxValue);
    }

    public override long RankOf(Value value) => value.IsNull ? Last : Directed(RankOf(value.Number), descending);

    public override void Rank(TableVersion version, int block, ReadOnlySpan<ushort> rows, Span<long> ranks)
    {
        var column = (NumberBlock)version.Column(ordinal, block);
        for (var i = 0; i < rows.Length; i++)
        {
            ranks[i] = IsNull(column.Nulls, rows[i]) ? Last : Directed(RankOf(column.Values[rows[i]]), descending);
        }
    }

    public override long Best(TableVersion version, int block)
    {
        var column = (NumberBlock)version.Column(ordinal, block);
        return column.Min > column.Max ? Last : Directed(RankOf(descending ? column.Max : column.Min), descending);
    }

    public override void Narrow(TableVersion version, int block, long limit, Span<ulong> mask)
    {
        if (limit < Last)
        {
            var column = (NumberBlock)version.Column(ordinal, block);
            var border = ValueOf(Directed(limit, descending));
            NarrowRange(
                column.Values,
                column.Nulls,
                descending ? border : double.NegativeInfinity,
                descending ? double.PositiveInfinity : border,
                mask);
        }
    }

    private static double ValueOf(long rank) => BitConverter.Int64BitsToDouble(rank ^ (rank >> 63 & long.MaxValue));
}

/// <summary>Integers, days and instants, by themselves.</summary>
internal sealed class IntegerRank(int ordinal, bool descending) : SortRank
{
    public override long RankOf(Value value) => value.IsNull ? Last : Directed(value.Integer, descending);

    public override void Rank(TableVersion version, int block, ReadOnlySpan<ushort> rows, Span<long> ranks)
    {
        var column = (IntegerBlock)version.Column(ordinal, block);
        for (var i = 0; i < rows.Length; i++)
        {
            ranks[i] = IsNull(column.Nulls, rows[i]) ? Last : Directed(column.Values[rows[i]], descending);
        }
    }

    public override long Best(TableVersion version, int block)
    {
        var column = (IntegerBlock)version.Column(ordinal, block);
        return column.Min > column.Max ? Last : Directed(descending ? column.Max : column.Min, descending);
    }

    public override void Narrow(TableVersion version, int block, long limit, Span<ulong> mask)
    {
        if (limit < Last)
        {
            var column = (IntegerBlock)version.Column(ordinal, block);
            var border = Directed(limit, descending);
            NarrowRange(
                column.Values, column.Nulls, descending ? border : long.MinValue, descending ? long.MaxValue : border, mask);
        }
    }
}

/// <summary>Texts, by their place among all texts of the tables' dictionaries.</summary>
internal sealed class CodeRank : SortRank
{
    private readonly int _ordinal;
    private readonly bool _descending;
    private readonly Dictionary<string, int> _placeOf;
    private readonly Dictionary<TextDictionary, int[]> _placeOfCode = [];

    public CodeRank(IReadOnlyList<TableVersion> versions, int ordinal, bool descending)
    {
        _ordinal = ordinal;
        _descending = descending;
        var dictionaries = versions.Select(version => version.Dictionary(ordinal)!).Distinct().ToList();
        var counts = dictionaries.ConvertAll(dictionary => dictionary.Count);
        var texts = dictionaries.Zip(counts).SelectMany(both => Enumerable.Range(0, both.Second).Select(code => both.First[code]));
        _placeOf = texts.Distinct(StringComparer.Ordinal).Order(CodePointOrder.Comparer)
            .Select((text, place) => (text, place))
            .ToDictionary(both => both.text, both => both.place, StringComparer.Ordinal);
        foreach (var (dictionary, count) in dictionaries.Zip(counts))
        {
            _placeOfCode.Add(dictionary, [.. Enumerable.Range(0, count).Select(code => _placeOf[dictionary[code]])]);
        }
    }

    public override long RankOf(Value value)
    {
        if (value.IsNull)
        {
            return Last;
        }

        // The text of a cursor may be gone; then it stands before the first greater one, and everything from there on is looked at.
        var place = _placeOf.TryGetValue(value.Text!, out var known)
            ? known
            : _placeOf.Count(other => CodePointOrder.Compare(other.Key, value.Text) < 0) - (_descending ? 0 : 1);
        return Directed(place, _descending);
    }

    public override void Rank(TableVersion version, int block, ReadOnlySpan<ushort> rows, Span<long> ranks)
    {
        var column = (CodeBlock)version.Column(_ordinal, block);
        var places = _placeOfCode[version.Dictionary(_ordinal)!];
        for (var i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            ranks[i] = IsNull(column.Nulls, row) ? Last : Directed(places[CodeOf(column, row)], _descending);
        }
    }

    private static int CodeOf(CodeBlock column, int row) =>
        column.Bytes?[row] ?? column.Shorts?[row] ?? column.Integers![row];
}
