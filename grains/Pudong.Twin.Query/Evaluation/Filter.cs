using Pudong.Twin.Query.Binding;
using Pudong.Twin.Query.Functions;
using Pudong.Twin.Query.Schemas;
using Pudong.Twin.Query.Syntax;

namespace Pudong.Twin.Query.Evaluation;

/// <summary>A condition that is bound to a schema: every name is known and every type fits. It selects records, one by one or by a scan.</summary>
/// <remarks>Immutable and safe to use from many threads at once. Bind once and keep it: evaluation then costs no allocation for scalar conditions.</remarks>
public sealed class Filter
{
    private Filter(Expression expression, Schema schema, BoundPredicate root)
    {
        Expression = expression;
        Schema = schema;
        Root = root;
    }

    /// <summary>The condition as it was written.</summary>
    public Expression Expression { get; }

    /// <summary>The schema whose ordinals the condition reads.</summary>
    public Schema Schema { get; }

    /// <summary>The condition in bound form, for the scan planner.</summary>
    internal BoundPredicate Root { get; }

    /// <summary>Resolves the names of a condition and checks its types.</summary>
    /// <param name="expression">The condition.</param>
    /// <param name="schema">The queryables that it may name.</param>
    /// <param name="functions">The functions that it may call; null means <see cref="FunctionRegistry.Standard"/>.</param>
    /// <exception cref="Cql2Exception">A name is unknown, a type does not fit, or the expression is no condition; with the place.</exception>
    public static Filter Bind(Expression expression, Schema schema, FunctionRegistry? functions = null)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(schema);
        return new Filter(expression, schema, new Binder(schema, functions ?? FunctionRegistry.Standard).BindCondition(expression));
    }

    /// <summary>Reads a condition and binds it.</summary>
    /// <param name="text">CQL2 Text.</param>
    /// <param name="schema">The queryables that it may name.</param>
    /// <param name="functions">The functions that it may call; null means <see cref="FunctionRegistry.Standard"/>.</param>
    /// <exception cref="Cql2Exception">The text is no condition on these queryables.</exception>
    public static Filter Parse(string text, Schema schema, FunctionRegistry? functions = null) => Bind(Cql2Text.Parse(text), schema, functions);

    /// <summary>Whether the condition is TRUE for a record; FALSE and NULL are not.</summary>
    /// <param name="record">The record.</param>
    /// <param name="nowTicks">The moment that <c>now()</c> means, in UTC ticks of 100 ns.</param>
    public bool Matches(IRecord record, long nowTicks) => Root.Decide(new Scope(record, nowTicks)) == Truth.True;

    /// <summary>The truth of the condition for a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="nowTicks">The moment that <c>now()</c> means, in UTC ticks of 100 ns.</param>
    /// <returns>True, false, or null for NULL.</returns>
    public bool? Evaluate(IRecord record, long nowTicks) => Root.Decide(new Scope(record, nowTicks)) switch
    {
        Truth.True => true,
        Truth.False => false,
        _ => null,
    };

    /// <summary>The queryables that the condition depends on, so that a rule need not be asked when others change.</summary>
    /// <returns>Their ordinals, ascending. A function that reads the whole record may depend on more.</returns>
    public IReadOnlyCollection<int> Ordinals()
    {
        var ordinals = new SortedSet<int>();
        Root.CollectOrdinals(ordinals);
        return ordinals;
    }
}
