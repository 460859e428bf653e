using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Query.Evaluation;

/// <summary>A value that is always the same.</summary>
internal sealed class BoundConstant(Value value, ValueKind kind) : BoundExpression(kind)
{
    /// <summary>The value.</summary>
    public Value Value { get; } = value;

    public override ValueKind? ItemKind => Kind == ValueKind.Array ? BoundArray.CommonKind(Value.Items.Select(item => item.Kind)) : null;

    public override Value Evaluate(in Scope scope) => Value;
}

/// <summary>The value of a queryable.</summary>
internal sealed class BoundProperty : BoundExpression
{
    private readonly Schemas.Queryable _queryable;

    public BoundProperty(int ordinal, Schemas.Queryable queryable)
        : base(KindOf(queryable.Type))
    {
        Ordinal = ordinal;
        _queryable = queryable;
        Dependence = Dependence.Queryables;
    }

    /// <summary>The queryable's place in its schema.</summary>
    public int Ordinal { get; }

    /// <summary>The queryable's type.</summary>
    public QueryableType Type => _queryable.Type;

    public override ValueKind? ItemKind => Type == QueryableType.Array ? KindOf(_queryable.ItemType) : null;

    public override Value Evaluate(in Scope scope) => scope.Record[Ordinal];

    public override void CollectOrdinals(ISet<int> ordinals) => ordinals.Add(Ordinal);

    private static ValueKind KindOf(QueryableType type) => type switch
    {
        QueryableType.Text => ValueKind.Text,
        QueryableType.Number or QueryableType.Integer => ValueKind.Number,
        QueryableType.Boolean => ValueKind.Boolean,
        QueryableType.Date => ValueKind.Date,
        QueryableType.Timestamp => ValueKind.Timestamp,
        QueryableType.Point or QueryableType.Geometry => ValueKind.Geometry,
        _ => ValueKind.Array,
    };
}

/// <summary>A text made from a text: <c>CASEI</c> or <c>ACCENTI</c>.</summary>
internal sealed class BoundTextChange(BoundExpression operand, Func<string, string> change) : BoundExpression(ValueKind.Text, operand)
{
    public override Value Evaluate(in Scope scope) => operand.Evaluate(scope).Text is { } text ? Value.Of(change(text)) : Value.Null;
}

/// <summary>A truth value that is no predicate itself: a boolean queryable, <c>TRUE</c>, a function.</summary>
internal sealed class BoundTruth(BoundExpression operand) : BoundPredicate(operand)
{
    public override Truth Decide(in Scope scope)
    {
        var value = operand.Evaluate(scope);
        return value.IsNull ? Truth.Unknown : Of(value.Boolean);
    }
}
