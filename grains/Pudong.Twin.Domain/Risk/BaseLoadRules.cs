using System.Collections.Immutable;
using System.Globalization;

namespace Pudong.Twin.Domain.Risk;

/// <summary>How the base load of a kind follows from its attributes: <c>l = l_min + (l_max − l_min)·Σ w_j·x_j</c>.</summary>
/// <param name="Indicators">The indicators of the kind; without any the base probability is the minimum.</param>
/// <remarks>RISK-MODEL.md, section 4.</remarks>
public sealed record BaseLoadRules(ImmutableArray<BaseLoadIndicator> Indicators)
{
    // Weights come with a few decimals; their sum is 1 but for rounding.
    private const double WeightTolerance = 1e-9;

    /// <summary>The base load of an element.</summary>
    /// <param name="parameters">Minimum and maximum.</param>
    /// <param name="values">The values of the indicators' attributes, in the order of <see cref="Indicators"/>.</param>
    /// <exception cref="ArgumentException">There are not as many values as indicators.</exception>
    public BaseLoad Of(RiskParameters parameters, ReadOnlySpan<IndicatorValue> values)
    {
        if (values.Length != Indicators.Length)
        {
            throw new ArgumentException($"There are {values.Length} values; expected one for each of {Indicators.Length} indicators.", nameof(values));
        }

        var sum = 0.0;
        var incomplete = false;
        for (var j = 0; j < values.Length; j++)
        {
            sum += Indicators[j].Weight * Indicators[j].Of(values[j], out var missing);
            incomplete |= missing;
        }

        return BaseLoad.Of(parameters.BaseMin + ((parameters.BaseMax - parameters.BaseMin) * Math.Min(sum, 1)), incomplete);
    }

    /// <summary>What is wrong with the indicators, one sentence each; empty when they may be used.</summary>
    public ImmutableArray<string> Mistakes()
    {
        var mistakes = ImmutableArray.CreateBuilder<string>();
        foreach (var indicator in Indicators)
        {
            Check(mistakes, indicator.Weight is >= 0 and <= 1, $"weight of indicator '{indicator.Attribute}'", indicator.Weight, "0 to 1");
            Check(mistakes, indicator.Missing is >= 0 and <= 1, $"stand-in of indicator '{indicator.Attribute}'", indicator.Missing, "0 to 1");
            if (indicator.Linear is { } range ? range.From == range.To || !double.IsFinite(range.From) || !double.IsFinite(range.To) : indicator.Codes.Count == 0)
            {
                mistakes.Add($"The indicator '{indicator.Attribute}' has no map; expected two different numbers or a table of codes.");
            }

            foreach (var (code, share) in indicator.Codes)
            {
                Check(mistakes, share is >= 0 and <= 1, $"value of code '{code}' of indicator '{indicator.Attribute}'", share, "0 to 1");
            }
        }

        var sum = Indicators.Sum(indicator => indicator.Weight);
        Check(mistakes, Indicators.IsEmpty || Math.Abs(sum - 1) <= WeightTolerance, "sum of the indicators' weights", sum, "1");
        return mistakes.DrainToImmutable();
    }

    private static void Check(ImmutableArray<string>.Builder mistakes, bool right, string what, double value, string expected)
    {
        if (!right)
        {
            mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"The {what} is {value}; expected {expected}."));
        }
    }
}
