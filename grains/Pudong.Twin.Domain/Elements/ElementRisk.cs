using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Risk;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Domain.Elements;

/// <summary>The risk of an element under a package, at any time not before its last event.</summary>
public static class ElementRisk
{
    /// <summary>The base load that follows from an element's attributes.</summary>
    /// <param name="package">The package in force.</param>
    /// <param name="state">The element.</param>
    public static BaseLoad BaseLoad(ModelPackage package, ElementState state) =>
        package.FindKind(state.Id.Kind) is { } kind ? state.Profile.BaseUnder(package, kind) : default;

    /// <summary>The score r, 0 to 1.</summary>
    /// <param name="package">The package in force.</param>
    /// <param name="state">The element.</param>
    /// <param name="time">The time, in Unix milliseconds.</param>
    public static double RiskAt(ModelPackage package, ElementState state, long time) =>
        RiskScore.RiskAt(package.Risk, BaseLoad(package, state).Amount, state.Risk, time);

    /// <summary>The consequence of an incident at an element.</summary>
    /// <param name="kind">The element's kind.</param>
    /// <param name="state">The element.</param>
    public static Consequence ConsequenceOf(ElementKind kind, ElementState state) =>
        kind.Consequence.Of(kind.ExposureAttribute < 0 ? null : state.AttributeAt(kind.ExposureAttribute).Text);

    /// <summary>Why an element's score is what it is: exact points that add up to it.</summary>
    /// <param name="package">The package in force.</param>
    /// <param name="state">The element.</param>
    /// <param name="time">The time, in Unix milliseconds; before the element's clock it is answered as at the clock.</param>
    public static Explanation Explain(ModelPackage package, ElementState state, long time) =>
        Explainer.Explain(package.Risk, BaseLoad(package, state), state.Risk, Math.Max(time, state.Clock));

    internal static BaseLoad BaseLoad(ModelPackage package, ElementKind kind, AttributeSet attributes)
    {
        var indicators = kind.BaseLoad.Indicators;
        if (indicators.IsEmpty)
        {
            return kind.BaseLoad.Of(package.Risk, []);
        }

        var values = new IndicatorValue[indicators.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Indicated(attributes.ValueOf(kind.AttributeOf(indicators[i].Attribute)));
        }

        return kind.BaseLoad.Of(package.Risk, values);
    }

    private static IndicatorValue Indicated(Value value) => value.Kind switch
    {
        ValueKind.Integer or ValueKind.Number => IndicatorValue.Of(value.Number),
        ValueKind.Text => IndicatorValue.Of(value.Text!),
        ValueKind.Boolean => IndicatorValue.Of(value.Boolean ? "true" : "false"),
        _ => IndicatorValue.Missing,
    };
}
