namespace Pudong.Twin.Query.Evaluation;

/// <summary>An expression whose names and types are resolved against a schema: ready to be evaluated, and to be planned for a scan.</summary>
/// <remarks>Immutable and safe to use from many threads at once.</remarks>
internal abstract class BoundExpression
{
    /// <summary>The value for one record; NULL operands give NULL as CQL2 says.</summary>
    public abstract Value Evaluate(in Scope scope);

    /// <summary>True when the value is the same for all records of one query: literals, <c>now()</c>, and what is made of them.</summary>
    public abstract bool IsConstant { get; }

    /// <summary>The ordinals of the queryables that the value depends on.</summary>
    public abstract void CollectOrdinals(ISet<int> ordinals);
}

/// <summary>An expression that is TRUE, FALSE or NULL.</summary>
internal abstract class BoundPredicate : BoundExpression
{
    /// <summary>The truth for one record.</summary>
    public abstract Truth Decide(in Scope scope);

    public sealed override Value Evaluate(in Scope scope) => Decide(scope) switch
    {
        Truth.True => Value.Of(true),
        Truth.False => Value.Of(false),
        _ => Value.Null,
    };
}

/// <summary>A truth value of three-valued logic (Kleene).</summary>
internal enum Truth : byte
{
    False = 0,
    Unknown = 1,
    True = 2,
}

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
