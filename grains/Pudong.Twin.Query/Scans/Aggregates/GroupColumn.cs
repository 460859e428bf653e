using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Query.Scans.Aggregates;

/// <summary>Numbers the values of a column that rows are grouped by: 0 is NULL, the others are 1, 2, … as this thread comes to know them.</summary>
internal abstract class GroupColumn
{
    /// <summary>The value of each number.</summary>
    protected List<Value> Values { get; } = [Value.Null];

    /// <summary>One more than the highest number given so far.</summary>
    public int Count => Values.Count;

    /// <summary>The value of a number.</summary>
    public Value this[int number] => Values[number];

    /// <summary>Writes the number of the value of each row.</summary>
    public abstract void Number(BlockRows rows, Span<int> numbers);

    /// <summary>Makes the numbering for a column.</summary>
    public static GroupColumn For(Schema schema, int ordinal, GroupUnit unit) => schema[ordinal].Type switch
    {
        QueryableType.Text when !schema[ordinal].Distinct => new CodeGroups(ordinal),
        QueryableType.Integer or QueryableType.Date or QueryableType.Timestamp => new IntegerGroups(ordinal, schema[ordinal].Type, unit),
        _ => new ValueGroups(ordinal),
    };
}

/// <summary>Numbers the texts of a column with a dictionary.</summary>
internal sealed class CodeGroups(int ordinal) : GroupColumn
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<TextDictionary, int[]> _numberOfCode = [];

    public override void Number(BlockRows rows, Span<int> numbers)
    {
        var column = (CodeBlock)rows.Version.Column(ordinal, rows.Block);
        var numberOfCode = NumbersOf(rows.Version.Dictionary(ordinal)!, column.Max);
        if (column.Bytes is { } bytes)
        {
            Number(bytes, numberOfCode, rows, numbers);
        }
        else if (column.Shorts is { } shorts)
        {
            Number(shorts, numberOfCode, rows, numbers);
        }
        else
        {
            Number(column.Integers!, numberOfCode, rows, numbers);
        }

        SetNulls(column.Nulls, rows.Rows, numbers);
    }

    private static void Number<T>(T[] codes, int[] numberOfCode, BlockRows rows, Span<int> numbers)
        where T : System.Numerics.IBinaryInteger<T>
    {
        if (rows.IsWhole)
        {
            for (var i = 0; i < numbers.Length; i++)
            {
                numbers[i] = numberOfCode[int.CreateTruncating(codes[i])];
            }

            return;
        }

        var selected = rows.Rows;
        for (var i = 0; i < selected.Length; i++)
        {
            numbers[i] = numberOfCode[int.CreateTruncating(codes[selected[i]])];
        }
    }

    private static void SetNulls(ulong[]? nulls, ReadOnlySpan<ushort> rows, Span<int> numbers)
    {
        for (var i = 0; nulls is not null && i < rows.Length; i++)
        {
            if ((nulls[rows[i] >> 6] >> rows[i] & 1) != 0)
            {
                numbers[i] = 0;
            }
        }
    }

    // Another dictionary numbers the same texts differently, and any dictionary may grow while we read.
    private int[] NumbersOf(TextDictionary dictionary, int highestCode)
    {
        var known = _numberOfCode.GetValueOrDefault(dictionary) ?? [];
        if (known.Length > Math.Max(highestCode, 0))
        {
            return known;
        }

        var numbers = new int[Math.Max(dictionary.Count, 1)];
        known.CopyTo(numbers, 0);
        for (var code = known.Length; code < dictionary.Count; code++)
        {
            numbers[code] = NumberOf(dictionary[code]);
        }

        _numberOfCode[dictionary] = numbers;
        return numbers;
    }

    private int NumberOf(string text)
    {
        if (!_numbers.TryGetValue(text, out var number))
        {
            number = Values.Count;
            Values.Add(Value.Of(text));
            _numbers.Add(text, number);
        }

        return number;
    }
}

/// <summary>Numbers the integers, days or instants of a column, instants and days also by the hour, day or month they lie in.</summary>
internal sealed class IntegerGroups(int ordinal, QueryableType type, GroupUnit unit) : GroupColumn
{
    private readonly Dictionary<long, int> _numbers = [];

    public override void Number(BlockRows rows, Span<int> numbers)
    {
        var column = (IntegerBlock)rows.Version.Column(ordinal, rows.Block);
        for (var i = 0; i < numbers.Length; i++)
        {
            int row = rows.Rows[i];
            numbers[i] = column.Nulls is { } nulls && (nulls[row >> 6] >> row & 1) != 0 ? 0 : NumberOf(StartOf(column.Values[row]));
        }
    }

    private long StartOf(long raw)
    {
        var perDay = type == QueryableType.Timestamp ? TimeSpan.TicksPerDay : 1;
        return unit switch
        {
            GroupUnit.Hour => raw - (raw % TimeSpan.TicksPerHour),
            GroupUnit.Day => raw - (raw % perDay),
            GroupUnit.Month => MonthOf((int)(raw / perDay)) * perDay,
            _ => raw,
        };
    }

    private static long MonthOf(int dayNumber)
    {
        var day = DateOnly.FromDayNumber(dayNumber);
        return dayNumber - day.Day + 1;
    }

    private int NumberOf(long key)
    {
        if (!_numbers.TryGetValue(key, out var number))
        {
            number = Values.Count;
            Values.Add(RawValues.ToValue(key, type));
            _numbers.Add(key, number);
        }

        return number;
    }
}

/// <summary>Numbers the values of any other column, one by one.</summary>
internal sealed class ValueGroups(int ordinal) : GroupColumn
{
    private readonly TableRecord _record = new();
    private readonly Dictionary<Value, int> _numbers = [];

    public override void Number(BlockRows rows, Span<int> numbers)
    {
        _record.MoveTo(rows.Version);
        for (var i = 0; i < numbers.Length; i++)
        {
            _record.Row = (rows.Block << ColumnBlock.Shift) + rows.Rows[i];
            numbers[i] = NumberOf(_record[ordinal]);
        }
    }

    private int NumberOf(Value value)
    {
        if (value.IsNull)
        {
            return 0;
        }

        if (!_numbers.TryGetValue(value, out var number))
        {
            number = Values.Count;
            Values.Add(value);
            _numbers.Add(value, number);
        }

        return number;
    }
}
