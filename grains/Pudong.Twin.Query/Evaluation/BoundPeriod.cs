namespace Pudong.Twin.Query.Evaluation;

/// <summary>A time as temporal predicates see it: closed at both ends.</summary>
/// <param name="Start">UTC ticks; <see cref="long.MinValue"/> when open.</param>
/// <param name="End">UTC ticks, at least <paramref name="Start"/>; <see cref="long.MaxValue"/> when open.</param>
internal readonly record struct Period(long Start, long End)
{
    /// <summary>The period of an instant: a timestamp is one moment, a date the whole UTC day.</summary>
    public static Period Of(in Value instant) => instant.Kind == ValueKind.Date
        ? new Period(instant.Integer * TimeSpan.TicksPerDay, ((instant.Integer + 1) * TimeSpan.TicksPerDay) - 1)
        : new Period(instant.Integer, instant.Integer);
}

/// <summary>An operand of a temporal predicate.</summary>
internal abstract class BoundPeriod(params ReadOnlySpan<BoundExpression> operands) : BoundExpression(ValueKind.Null, operands)
{
    /// <summary>The period for one record.</summary>
    /// <returns>False for NULL.</returns>
    public abstract bool TryEvaluate(in Scope scope, out Period period);

    /// <summary>A period is no value; only temporal predicates take one.</summary>
    public sealed override Value Evaluate(in Scope scope) => Value.Null;
}

/// <summary>A date or timestamp.</summary>
internal sealed class BoundInstant(BoundExpression operand) : BoundPeriod(operand)
{
    public BoundExpression Operand { get; } = operand;

    public override bool TryEvaluate(in Scope scope, out Period period)
    {
        var instant = Operand.Evaluate(scope);
        period = Period.Of(instant);
        return !instant.IsNull;
    }
}

/// <summary>An interval; NULL when an end is NULL, or when it ends before it starts.</summary>
/// <param name="start">A date or timestamp; null when open.</param>
/// <param name="end">A date or timestamp; null when open.</param>
internal sealed class BoundInterval(BoundExpression? start, BoundExpression? end) : BoundPeriod(Ends(start, end))
{
    public override bool TryEvaluate(in Scope scope, out Period period)
    {
        period = new Period(long.MinValue, long.MaxValue);
        if (start is not null)
        {
            var instant = start.Evaluate(scope);
            if (instant.IsNull)
            {
                return false;
            }

            period = period with { Start = Period.Of(instant).Start };
        }

        if (end is not null)
        {
            var instant = end.Evaluate(scope);
            if (instant.IsNull)
            {
                return false;
            }

            period = period with { End = Period.Of(instant).End };
        }

        return period.Start <= period.End;
    }

    private static BoundExpression[] Ends(BoundExpression? start, BoundExpression? end) =>
        (start, end) switch
        {
            (null, null) => [],
            (null, _) => [end],
            (_, null) => [start],
            _ => [start, end],
        };
}
