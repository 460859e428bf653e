using System.Collections.Frozen;
using System.Collections.Immutable;
using Pudong.Twin.Query.Texts;

namespace Pudong.Twin.Query.Evaluation;

/// <summary>How two values are compared.</summary>
internal enum Comparison : byte
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>Two values of the same kind, compared.</summary>
internal sealed class BoundComparison(Comparison comparison, BoundExpression left, BoundExpression right) : BoundPredicate(left, right)
{
    /// <summary>How they are compared.</summary>
    public Comparison Comparison { get; } = comparison;

    public BoundExpression Left { get; } = left;

    public BoundExpression Right { get; } = right;

    public override Truth Decide(in Scope scope)
    {
        var left = Left.Evaluate(scope);
        var right = Right.Evaluate(scope);
        if (left.IsNull || right.IsNull)
        {
            return Truth.Unknown;
        }

        return Comparison switch
        {
            Comparison.Equal => Of(ValueOrder.AreEqual(left, right)),
            Comparison.NotEqual => Of(!ValueOrder.AreEqual(left, right)),
            Comparison.Less => Of(ValueOrder.Compare(left, right) < 0),
            Comparison.LessOrEqual => Of(ValueOrder.Compare(left, right) <= 0),
            Comparison.Greater => Of(ValueOrder.Compare(left, right) > 0),
            _ => Of(ValueOrder.Compare(left, right) >= 0),
        };
    }
}

/// <summary><c>BETWEEN</c>: low ≤ value AND value ≤ high, so that one NULL end does not hide a FALSE of the other.</summary>
internal sealed class BoundBetween(BoundExpression operand, BoundExpression low, BoundExpression high) : BoundPredicate(operand, low, high)
{
    public BoundExpression Operand { get; } = operand;

    public BoundExpression Low { get; } = low;

    public BoundExpression High { get; } = high;

    public override Truth Decide(in Scope scope)
    {
        var value = Operand.Evaluate(scope);
        var above = AtMost(Low.Evaluate(scope), value);
        var below = AtMost(value, High.Evaluate(scope));
        return above < below ? above : below;
    }

    private static Truth AtMost(in Value left, in Value right) =>
        left.IsNull || right.IsNull ? Truth.Unknown : Of(ValueOrder.Compare(left, right) <= 0);
}

/// <summary><c>IN</c>: the value equals an item; NULL where none equals it and some item is NULL.</summary>
internal sealed class BoundIn : BoundPredicate
{
    // From here on hashing the value costs less than comparing it with the items.
    private const int LongList = 8;

    private readonly FrozenSet<Value>? _set;

    public BoundIn(BoundExpression operand, ImmutableArray<BoundExpression> items)
        : base([operand, .. items])
    {
        Operand = operand;
        Items = items;
        if (items.Length > LongList && items.All(item => item is BoundConstant))
        {
            _set = items.Select(item => ((BoundConstant)item).Value).ToFrozenSet(ValueOrder.Equality);
        }
    }

    public BoundExpression Operand { get; }

    public ImmutableArray<BoundExpression> Items { get; }

    public override Truth Decide(in Scope scope)
    {
        var value = Operand.Evaluate(scope);
        return value.IsNull ? Truth.Unknown : _set is null ? Search(value, scope) : LookUp(value, _set);
    }

    private static Truth LookUp(in Value value, FrozenSet<Value> set) =>
        set.Contains(value) ? Truth.True : set.Contains(Value.Null) ? Truth.Unknown : Truth.False;

    private Truth Search(in Value value, in Scope scope)
    {
        var truth = Truth.False;
        foreach (var item in Items)
        {
            var other = item.Evaluate(scope);
            if (other.IsNull)
            {
                truth = Truth.Unknown;
            }
            else if (ValueOrder.AreEqual(value, other))
            {
                return Truth.True;
            }
        }

        return truth;
    }
}

/// <summary><c>LIKE</c>: a text matches a pattern from its start to its end.</summary>
/// <param name="operand">The text.</param>
/// <param name="pattern">The pattern; null when it is NULL.</param>
internal sealed class BoundLike(BoundExpression operand, LikePattern? pattern) : BoundPredicate(operand)
{
    public override Truth Decide(in Scope scope) =>
        pattern is not null && operand.Evaluate(scope).Text is { } text ? Of(pattern.Matches(text)) : Truth.Unknown;
}
