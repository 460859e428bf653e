using System.Collections.Immutable;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Functions;
using Pudong.Twin.Query.Schemas;
using Pudong.Twin.Query.Syntax;
using Pudong.Twin.Query.Texts;

namespace Pudong.Twin.Query.Binding;

/// <summary>Resolves the names of an expression, checks its types, and computes what is the same for all records. One mistake is one <see cref="Cql2Exception"/>.</summary>
/// <param name="schema">The queryables.</param>
/// <param name="functions">The functions.</param>
internal sealed partial class Binder(Schema schema, FunctionRegistry functions)
{
    private const string Condition = "a condition";

    /// <summary>Binds a condition.</summary>
    /// <exception cref="Cql2Exception">A name is unknown, a type does not fit, or the expression is no condition.</exception>
    public BoundPredicate BindCondition(Expression expression)
    {
        Writable.Check(expression);
        return BindPredicate(expression);
    }

    /// <summary>Binds an expression that has a value.</summary>
    /// <exception cref="Cql2Exception">A name is unknown or a type does not fit.</exception>
    public BoundExpression BindFormula(Expression expression)
    {
        Writable.Check(expression);
        return BindValue(expression);
    }

    private BoundPredicate BindPredicate(Expression expression)
    {
        var bound = BindValue(expression);
        return bound as BoundPredicate
            ?? (bound.Kind == ValueKind.Boolean ? new BoundTruth(bound) : throw Unexpected(Condition, expression, bound));
    }

    /// <summary>Binds an expression of any kind; what depends on nothing is computed at once.</summary>
    private BoundExpression BindValue(Expression expression)
    {
        var bound = expression switch
        {
            PropertyReference property => BindProperty(property),
            TextLiteral text => new BoundConstant(Value.Of(text.Value), ValueKind.Text),
            IntegerLiteral integer => new BoundConstant(Value.Of(integer.Value), ValueKind.Number),
            NumberLiteral number => new BoundConstant(Value.Of(number.Value), ValueKind.Number),
            BooleanLiteral boolean => new BoundConstant(Value.Of(boolean.Value), ValueKind.Boolean),
            DateLiteral date => new BoundConstant(Value.Of(date.Value), ValueKind.Date),
            TimestampLiteral timestamp => new BoundConstant(Value.OfTicks(timestamp.Ticks), ValueKind.Timestamp),
            GeometryLiteral geometry => new BoundConstant(Value.Of(geometry.Value), ValueKind.Geometry),
            BoxLiteral box => new BoundConstant(Value.Of(Boxes.ToGeometry(box)), ValueKind.Geometry),
            ArrayExpression array => new BoundArray([.. array.Items.Select(BindValue)]),
            Operation operation => BindOperation(operation),
            _ => throw Mistakes.ExpectedOther("a value", "an interval", expression.Span),
        };
        return Fold(bound);
    }

    private BoundProperty BindProperty(PropertyReference property)
    {
        var ordinal = schema.OrdinalOf(property.Name);
        return ordinal >= 0
            ? new BoundProperty(ordinal, schema[ordinal])
            : throw Mistakes.Unknown(
                Cql2ErrorKind.UnknownProperty,
                "property",
                property.Name,
                NearestName.Of(property.Name, schema.Queryables.Select(queryable => queryable.Name)),
                property.Span);
    }

    private BoundExpression BindOperation(Operation operation)
    {
        if (!Operators.TryGet(operation.Operator, out var info))
        {
            return BindCall(operation);
        }

        return info.Category switch
        {
            OperatorCategory.Logic => BindLogic(info.Name, operation.Arguments),
            OperatorCategory.Comparison => BindComparison(info.Name, operation.Arguments),
            OperatorCategory.Arithmetic => BindArithmetic(info.Name, operation.Arguments),
            OperatorCategory.Character => new BoundTextChange(
                BindOf(ValueKind.Text, operation.Arguments[0]), info.Name == Operators.CaseInsensitive ? CaseFolding.Fold : Accents.Remove),
            OperatorCategory.Spatial => BindSpatial(info.Name, operation.Arguments),
            OperatorCategory.Temporal => BindTemporal(info.Name, operation.Arguments),
            _ => BindArrayRelation(info.Name, operation.Arguments),
        };
    }

    private BoundPredicate BindLogic(string name, ImmutableArray<Expression> arguments) => name == Operators.Not
        ? new BoundNot(BindPredicate(arguments[0]))
        : new BoundLogic([.. arguments.Select(BindPredicate)], name == Operators.And);

    private BoundSpatial BindSpatial(string name, ImmutableArray<Expression> arguments) => new(
        RelationOf<SpatialRelation>(name), BindOf(ValueKind.Geometry, arguments[0]), BindOf(ValueKind.Geometry, arguments[1]));

    private BoundArrayRelation BindArrayRelation(string name, ImmutableArray<Expression> arguments)
    {
        var left = BindOf(ValueKind.Array, arguments[0]);
        var right = BindOf(ValueKind.Array, arguments[1]);
        if (left.ItemKind is { } one && right.ItemKind is { } other && one != other)
        {
            throw Mistakes.ExpectedOther($"a list whose items are each {Kinds.Name(one)}", $"items that are each {Kinds.Name(other)}", arguments[1].Span);
        }

        return new BoundArrayRelation(RelationOf<ArrayRelation>(name), left, right);
    }

    /// <summary>Binds an expression that has to be of a kind; a text literal where a time is wanted is read as one.</summary>
    private BoundExpression BindOf(ValueKind kind, Expression expression)
    {
        if (expression is TextLiteral text && kind is ValueKind.Date or ValueKind.Timestamp)
        {
            return ReadTime(kind, text);
        }

        var bound = BindValue(expression);
        return bound.Kind == kind ? bound : throw Unexpected(Kinds.Name(kind), expression, bound);
    }

    private static BoundConstant ReadTime(ValueKind kind, TextLiteral text)
    {
        if (kind == ValueKind.Date)
        {
            return Instants.TryReadDate(text.Value, out var date)
                ? new BoundConstant(Value.Of(date), kind)
                : throw Mistakes.Expected(Instants.DateForm, text.Value, text.Span);
        }

        return Instants.TryReadTimestamp(text.Value, out var ticks)
            ? new BoundConstant(Value.OfTicks(ticks), kind)
            : throw Mistakes.Expected(Instants.TimestampForm, text.Value, text.Span);
    }

    private static BoundExpression Fold(BoundExpression bound)
    {
        if (bound.Dependence != Dependence.Nothing || bound is BoundConstant)
        {
            return bound;
        }

        var constant = new BoundConstant(bound.Evaluate(default), bound.Kind);
        return bound is BoundPredicate ? new BoundTruth(constant) : constant;
    }

    // The operators of the standard are named like the relations: s_within, t_metBy, a_containedBy.
    private static TRelation RelationOf<TRelation>(string name)
        where TRelation : struct, Enum => Enum.Parse<TRelation>(name.AsSpan(2), ignoreCase: true);

    private static Cql2Exception Unexpected(string expected, Expression expression, BoundExpression bound) =>
        Mistakes.ExpectedOther(expected, Kinds.Describe(expression, bound.Kind), expression.Span);
}
