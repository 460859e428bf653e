using System.Collections.Immutable;
using Pudong.Twin.Query.Texts;

namespace Pudong.Twin.Query.Evaluation;

/// <summary>Equality and order of values: text by code point, integers and numbers exactly by their value, NULL behind everything.</summary>
internal static class ValueOrder
{
    /// <summary>Equality by value, where the integer 1 equals the number 1.0 and NULL equals itself.</summary>
    public static IEqualityComparer<Value> Equality { get; } = new ByValue();

    /// <summary>True for equal values.</summary>
    public static bool AreEqual(in Value left, in Value right) => left.Kind == right.Kind
        ? left.Kind == ValueKind.Array ? left.Items.AsSpan().SequenceEqual(right.Items.AsSpan(), Equality) : left.Equals(right)
        : IsNumeric(left.Kind) && IsNumeric(right.Kind) && Compare(left, right) == 0;

    /// <summary>Compares two values; values that have no order between them are ordered by what they are.</summary>
    /// <returns>Less than 0, 0 or more than 0.</returns>
    public static int Compare(in Value left, in Value right)
    {
        if (left.Kind != right.Kind)
        {
            return IsNumeric(left.Kind) && IsNumeric(right.Kind) ? CompareMixed(left, right) : Rank(left.Kind).CompareTo(Rank(right.Kind));
        }

        return left.Kind switch
        {
            ValueKind.Null => 0,
            ValueKind.Number => left.Number.CompareTo(right.Number),
            ValueKind.Text => CodePointOrder.Compare(left.Text, right.Text),
            ValueKind.Geometry => left.Geometry!.CompareTo(right.Geometry),
            ValueKind.Array => Compare(left.Items, right.Items),
            _ => left.Integer.CompareTo(right.Integer),
        };
    }

    /// <summary>Compares two rows of values, the first difference decides.</summary>
    public static int Compare(ImmutableArray<Value> left, ImmutableArray<Value> right)
    {
        for (var i = 0; i < left.Length && i < right.Length; i++)
        {
            var order = Compare(left[i], right[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static bool IsNumeric(ValueKind kind) => kind is ValueKind.Integer or ValueKind.Number;

    private static int Rank(ValueKind kind) => kind == ValueKind.Null ? int.MaxValue : (int)kind;

    private static int CompareMixed(in Value left, in Value right) => left.Kind == ValueKind.Integer
        ? Compare(left.Integer, right.Number)
        : -Compare(right.Integer, left.Number);

    // Exact: a large integer is not rounded to a double first, or 2^53 + 1 would equal 2^53.
    private static int Compare(long integer, double number)
    {
        if (number >= 9223372036854775808.0)
        {
            return -1;
        }

        if (number < -9223372036854775808.0)
        {
            return 1;
        }

        var whole = (long)number;
        return integer != whole ? integer.CompareTo(whole) : 0.0.CompareTo(number - whole);
    }

    private sealed class ByValue : IEqualityComparer<Value>
    {
        public bool Equals(Value x, Value y) => AreEqual(x, y);

        public int GetHashCode(Value value) => value.Kind switch
        {
            ValueKind.Integer => ((double)value.Integer).GetHashCode(),
            ValueKind.Number => value.Number.GetHashCode(),
            ValueKind.Array => value.Items.Length,
            _ => value.GetHashCode(),
        };
    }
}
