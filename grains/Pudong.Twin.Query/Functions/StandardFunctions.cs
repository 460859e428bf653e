using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Query.Functions;

/// <summary>The functions that every expression may call.</summary>
internal static class StandardFunctions
{
    /// <summary>All of them.</summary>
    public static IEnumerable<Function> All =>
    [
        new("now", [], ValueKind.Timestamp, static (_, in scope) => Value.OfTicks(scope.NowTicks)) { ReadsMoment = true },
        new("duration", [ValueKind.Text], ValueKind.Duration, static (arguments, in _) =>
            Durations.TryRead(arguments[0].Text, out var ticks) ? Value.OfDuration(ticks) : Value.Null) { Form = Durations.Form },
        new("upper", [ValueKind.Text], ValueKind.Text, static (arguments, in _) => Value.Of(arguments[0].Text?.ToUpperInvariant())),
        new("lower", [ValueKind.Text], ValueKind.Text, static (arguments, in _) => Value.Of(arguments[0].Text?.ToLowerInvariant())),
        new("coalesce", [ValueKind.Null], ValueKind.Null, static (arguments, in _) => FirstNotNull(arguments)) { Repeats = true, TakesNull = true },
        new("distance", [ValueKind.Geometry, ValueKind.Geometry], ValueKind.Number, static (arguments, in _) =>
            GeometryDistance.Between(arguments[0].Geometry!, arguments[1].Geometry!) is { } metres ? Value.Of(metres) : Value.Null),
    ];

    private static Value FirstNotNull(ReadOnlySpan<Value> values)
    {
        foreach (var value in values)
        {
            if (!value.IsNull)
            {
                return value;
            }
        }

        return Value.Null;
    }
}
