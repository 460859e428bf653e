using System.Collections.Immutable;

namespace Pudong.Twin.Query.Evaluation;

/// <summary>An expression whose names and types are resolved against a schema: ready to be evaluated, and to be planned for a scan.</summary>
/// <remarks>Immutable and safe to use from many threads at once.</remarks>
internal abstract class BoundExpression
{
    private readonly ImmutableArray<BoundExpression> _operands;

    /// <summary>Makes an expression of what its operands depend on.</summary>
    /// <param name="kind">What it is when it is not NULL.</param>
    /// <param name="operands">All its operands.</param>
    protected BoundExpression(ValueKind kind, params ReadOnlySpan<BoundExpression> operands)
    {
        Kind = kind;
        _operands = [.. operands];
        foreach (var operand in operands)
        {
            Dependence = operand.Dependence > Dependence ? operand.Dependence : Dependence;
        }
    }

    /// <summary>What the value is when it is not NULL; <see cref="ValueKind.Number"/> stands for integers too.</summary>
    public ValueKind Kind { get; }

    /// <summary>What the items of an array are; null when they differ or nothing is known.</summary>
    public virtual ValueKind? ItemKind => null;

    /// <summary>What the value depends on.</summary>
    public Dependence Dependence { get; protected init; }

    /// <summary>True when the value is the same for all records of one query: literals, <c>now()</c>, and what is made of them.</summary>
    public bool IsConstant => Dependence <= Dependence.Moment;

    /// <summary>True when the value depends on more of the record than its queryables.</summary>
    public bool ReadsRecord => Dependence == Dependence.WholeRecord;

    /// <summary>The value for one record; NULL operands give NULL as CQL2 says.</summary>
    public abstract Value Evaluate(in Scope scope);

    /// <summary>Adds the ordinals of the queryables that the value depends on.</summary>
    public virtual void CollectOrdinals(ISet<int> ordinals)
    {
        foreach (var operand in _operands)
        {
            operand.CollectOrdinals(ordinals);
        }
    }
}

/// <summary>An expression that is TRUE, FALSE or NULL.</summary>
internal abstract class BoundPredicate(params ReadOnlySpan<BoundExpression> operands) : BoundExpression(ValueKind.Boolean, operands)
{
    /// <summary>The truth for one record.</summary>
    public abstract Truth Decide(in Scope scope);

    public sealed override Value Evaluate(in Scope scope) => Decide(scope) switch
    {
        Truth.True => Value.Of(true),
        Truth.False => Value.Of(false),
        _ => Value.Null,
    };

    /// <summary>TRUE or FALSE.</summary>
    protected static Truth Of(bool holds) => holds ? Truth.True : Truth.False;
}

/// <summary>A truth value of three-valued logic (Kleene).</summary>
internal enum Truth : byte
{
    False = 0,
    Unknown = 1,
    True = 2,
}

/// <summary>What a value depends on; each includes those before it.</summary>
internal enum Dependence : byte
{
    /// <summary>Always the same.</summary>
    Nothing,

    /// <summary>The same for all records of one query.</summary>
    Moment,

    /// <summary>The queryables that the expression names.</summary>
    Queryables,

    /// <summary>Anything about the record.</summary>
    WholeRecord,
}
