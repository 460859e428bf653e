using Pudong.Twin.Query.Binding;
using Pudong.Twin.Query.Functions;
using Pudong.Twin.Query.Schemas;
using Pudong.Twin.Query.Syntax;

namespace Pudong.Twin.Query.Evaluation;

/// <summary>An expression of any type that is bound to a schema: it computes a value from a record.</summary>
/// <remarks>Immutable and safe to use from many threads at once.</remarks>
public sealed class Formula
{
    private readonly BoundExpression _root;

    private Formula(Expression expression, BoundExpression root)
    {
        Expression = expression;
        _root = root;
    }

    /// <summary>The expression as it was written.</summary>
    public Expression Expression { get; }

    /// <summary>What its values are when they are not NULL; <see cref="ValueKind.Number"/> stands for integers too.</summary>
    public ValueKind Kind => _root.Kind;

    /// <summary>Resolves the names of an expression and checks its types.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="schema">The queryables that it may name.</param>
    /// <param name="functions">The functions that it may call; null means <see cref="FunctionRegistry.Standard"/>.</param>
    /// <exception cref="Cql2Exception">A name is unknown or a type does not fit; with the place.</exception>
    public static Formula Bind(Expression expression, Schema schema, FunctionRegistry? functions = null)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(schema);
        return new Formula(expression, new Binder(schema, functions ?? FunctionRegistry.Standard).BindFormula(expression));
    }

    /// <summary>Computes the value for a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="nowTicks">The moment that <c>now()</c> means, in UTC ticks of 100 ns.</param>
    public Value Evaluate(IRecord record, long nowTicks) => _root.Evaluate(new Scope(record, nowTicks));
}
