using System.Collections.Frozen;

namespace Pudong.Twin.Domain.Risk;

/// <summary>One structural attribute that counts for the base load of a kind: how its value becomes a number from 0 to 1.</summary>
/// <remarks>RISK-MODEL.md, section 4. Either a linear map between two values or a table of codes.</remarks>
public sealed record BaseLoadIndicator
{
    /// <summary>The name of the attribute.</summary>
    public required string Attribute { get; init; }

    /// <summary><c>w_j</c>: its weight; the weights of a kind add up to 1.</summary>
    public required double Weight { get; init; }

    /// <summary>What stands for a missing attribute, 0 to 1.</summary>
    public required double Missing { get; init; }

    /// <summary>For a number: where the indicator is 0 and where it is 1, linear between.</summary>
    public ReadingRange? Linear { get; init; }

    /// <summary>For a code: its indicator, 0 to 1.</summary>
    public FrozenDictionary<string, double> Codes { get; init; } = FrozenDictionary<string, double>.Empty;

    /// <summary>The indicator <c>x_j</c> of a value, 0 to 1.</summary>
    /// <param name="value">The value of the attribute.</param>
    /// <param name="missing">Whether the stand-in was used, because the attribute has no value or one that the map does not know.</param>
    public double Of(IndicatorValue value, out bool missing)
    {
        missing = false;
        if (value.Number is { } number && double.IsFinite(number) && Linear is { } range)
        {
            return range.ShareOf(number);
        }

        if (value.Code is { } code && Codes.TryGetValue(code, out var share))
        {
            return share;
        }

        missing = true;
        return Missing;
    }
}

/// <summary>The value of an attribute as an indicator takes it: a number, a code, or neither when it is missing.</summary>
/// <param name="Number">A number, or null.</param>
/// <param name="Code">A code, or null.</param>
public readonly record struct IndicatorValue(double? Number, string? Code)
{
    /// <summary>No value.</summary>
    public static IndicatorValue Missing => default;

    /// <summary>A number, in the unit of the attribute.</summary>
    /// <param name="number">The number.</param>
    public static IndicatorValue Of(double number) => new(number, null);

    /// <summary>A code of the attribute's list.</summary>
    /// <param name="code">The code.</param>
    public static IndicatorValue Of(string code) => new(null, code);
}
