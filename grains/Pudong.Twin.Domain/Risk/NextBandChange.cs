namespace Pudong.Twin.Domain.Risk;

/// <summary>Foretells when an element falls into a lower band, if nothing else happens.</summary>
/// <remarks>RISK-MODEL.md, section 6, "Next band change". Computed when asked for, never stored.</remarks>
public static class NextBandChange
{
    private const long Second = 1_000;
    private const long TenYears = 3_652L * 86_400 * Second;

    /// <summary>The first whole second with a lower band than at the element's clock.</summary>
    /// <param name="parameters">The package's numbers.</param>
    /// <param name="baseLoad"><c>β</c>, in nats.</param>
    /// <param name="state">The risk of the element.</param>
    /// <param name="clock"><c>T</c>: the element's clock, in Unix milliseconds.</param>
    /// <returns>Unix milliseconds; null when the band stays for ten years.</returns>
    public static long? After(RiskParameters parameters, double baseLoad, RiskState state, long clock)
    {
        var band = BandRule.BandAt(parameters, baseLoad, state, clock);
        if (band == RiskBand.A || RiskScore.RiskOf(baseLoad) >= parameters.Borders.Below(band) - parameters.Borders.Margin)
        {
            return null;
        }

        // Whole seconds since the last one that is not after the clock.
        var start = clock - Modulo(clock, Second);
        var (same, lower) = (0L, 1L);
        while (!IsLower(lower))
        {
            (same, lower) = (lower, lower * 2);
            if (same * Second > TenYears)
            {
                return null;
            }
        }

        while (lower - same > 1)
        {
            var middle = same + ((lower - same) / 2);
            (same, lower) = IsLower(middle) ? (same, middle) : (middle, lower);
        }

        return lower * Second > TenYears ? null : start + (lower * Second);

        bool IsLower(long seconds) => BandRule.BandAt(parameters, baseLoad, state, start + (seconds * Second)) < band;
    }

    // Never negative, also before 1970.
    private static long Modulo(long value, long by) => ((value % by) + by) % by;
}
