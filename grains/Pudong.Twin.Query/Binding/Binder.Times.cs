using System.Collections.Immutable;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Syntax;

namespace Pudong.Twin.Query.Binding;

/// <summary>Binds temporal predicates and their periods.</summary>
internal sealed partial class Binder
{
    private const string Instant = "a date, a timestamp or an interval";
    private const string Interval = "an interval";

    private BoundTemporal BindTemporal(string name, ImmutableArray<Expression> arguments)
    {
        var relation = RelationOf<TemporalRelation>(name);
        return new BoundTemporal(relation, BindPeriod(relation, arguments[0]), BindPeriod(relation, arguments[1]));
    }

    private BoundPeriod BindPeriod(TemporalRelation relation, Expression expression)
    {
        if (expression is IntervalExpression interval)
        {
            return BindInterval(interval);
        }

        var instant = BindInstant(expression, Instant);
        return TakesInstants(relation)
            ? new BoundInstant(instant)
            : throw Mistakes.ExpectedOther(Interval, Kinds.Describe(expression, instant.Kind), expression.Span);
    }

    private static bool TakesInstants(TemporalRelation relation) => relation
        is TemporalRelation.After or TemporalRelation.Before or TemporalRelation.Disjoint or TemporalRelation.Equals or TemporalRelation.Intersects;

    private BoundInterval BindInterval(IntervalExpression interval)
    {
        var start = interval.Start is OpenEnd ? null : BindInstant(interval.Start, "a date or a timestamp");
        var end = interval.End is OpenEnd ? null : BindInstant(interval.End, "a date or a timestamp");
        var bound = new BoundInterval(start, end);
        var isReversed = start is BoundConstant { Value.IsNull: false } && end is BoundConstant { Value.IsNull: false } && !bound.TryEvaluate(default, out _);
        return isReversed ? throw Mistakes.ExpectedOther("an interval that ends when it starts or later", "an earlier end", interval.End.Span) : bound;
    }

    private BoundExpression BindInstant(Expression expression, string expected)
    {
        if (expression is TextLiteral text)
        {
            return Instants.TryReadDate(text.Value, out var date)
                ? new BoundConstant(Value.Of(date), ValueKind.Date)
                : ReadTime(ValueKind.Timestamp, text);
        }

        var bound = BindValue(expression);
        return bound.Kind is ValueKind.Date or ValueKind.Timestamp ? bound : throw Unexpected(expected, expression, bound);
    }
}
