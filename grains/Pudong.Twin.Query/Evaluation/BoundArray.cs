using System.Collections.Immutable;

namespace Pudong.Twin.Query.Evaluation;

/// <summary>A list of values in parentheses.</summary>
internal sealed class BoundArray(ImmutableArray<BoundExpression> items) : BoundExpression(ValueKind.Array, items.AsSpan())
{
    public override ValueKind? ItemKind { get; } = CommonKind(items.Select(item => item.Kind));

    public override Value Evaluate(in Scope scope)
    {
        var values = ImmutableArray.CreateBuilder<Value>(items.Length);
        foreach (var item in items)
        {
            values.Add(item.Evaluate(scope));
        }

        return Value.Of(values.MoveToImmutable());
    }

    /// <summary>What all items are; null when they differ or there are none.</summary>
    public static ValueKind? CommonKind(IEnumerable<ValueKind> kinds)
    {
        var different = kinds.Select(kind => kind == ValueKind.Integer ? ValueKind.Number : kind).Distinct().Take(2).ToList();
        return different.Count == 1 && different[0] != ValueKind.Null ? different[0] : null;
    }
}

/// <summary>What two arrays have in common, as sets.</summary>
internal enum ArrayRelation : byte
{
    ContainedBy,
    Contains,
    Equals,
    Overlaps,
}

/// <summary>An array predicate. An item that is NULL may be any value, so it makes NULL of what it could decide.</summary>
internal sealed class BoundArrayRelation(ArrayRelation relation, BoundExpression left, BoundExpression right) : BoundPredicate(left, right)
{
    // From here on hashing the items costs less than comparing each with each.
    private const int ManyItems = 16;

    public override Truth Decide(in Scope scope)
    {
        var a = left.Evaluate(scope);
        var b = right.Evaluate(scope);
        if (a.IsNull || b.IsNull)
        {
            return Truth.Unknown;
        }

        return relation switch
        {
            ArrayRelation.ContainedBy => Contains(b.Items, a.Items),
            ArrayRelation.Contains => Contains(a.Items, b.Items),
            ArrayRelation.Overlaps => Overlaps(a.Items, b.Items),
            _ => Least(Contains(a.Items, b.Items), Contains(b.Items, a.Items)),
        };
    }

    private static Truth Contains(ImmutableArray<Value> all, ImmutableArray<Value> some)
    {
        var set = SetOf(all);
        var truth = Truth.True;
        foreach (var item in some)
        {
            truth = Least(truth, IsIn(item, all, set));
        }

        return truth;
    }

    private static Truth Overlaps(ImmutableArray<Value> left, ImmutableArray<Value> right)
    {
        var set = SetOf(left);
        var truth = Truth.False;
        foreach (var item in right)
        {
            var own = IsIn(item, left, set);
            truth = own > truth ? own : truth;
        }

        return truth;
    }

    private static HashSet<Value>? SetOf(ImmutableArray<Value> items) =>
        items.Length > ManyItems ? items.ToHashSet(ValueOrder.Equality) : null;

    private static Truth IsIn(in Value item, ImmutableArray<Value> items, HashSet<Value>? set)
    {
        if (item.IsNull)
        {
            return items.IsEmpty ? Truth.False : Truth.Unknown;
        }

        if (set is not null)
        {
            return set.Contains(item) ? Truth.True : set.Contains(Value.Null) ? Truth.Unknown : Truth.False;
        }

        var truth = Truth.False;
        foreach (var other in items)
        {
            if (ValueOrder.AreEqual(item, other))
            {
                return Truth.True;
            }

            truth = other.IsNull ? Truth.Unknown : truth;
        }

        return truth;
    }

    private static Truth Least(Truth left, Truth right) => left < right ? left : right;
}
