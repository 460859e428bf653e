namespace Pudong.Twin.Domain.Risk;

/// <summary>Puts risks into bands, with a margin against flapping.</summary>
/// <remarks>RISK-MODEL.md, section 6, "Bands".</remarks>
public static class BandRule
{
    /// <summary>The band of a risk without a past.</summary>
    /// <param name="borders">Where the bands begin.</param>
    /// <param name="risk">0 to 1.</param>
    public static RiskBand Plain(BandBorders borders, double risk) =>
        risk >= borders.D ? RiskBand.D : risk >= borders.C ? RiskBand.C : risk >= borders.B ? RiskBand.B : RiskBand.A;

    /// <summary>The band that follows: up while the risk is a margin above the upper border, down while it is more than a margin below the lower one.</summary>
    /// <param name="borders">Where the bands begin.</param>
    /// <param name="band">The band before.</param>
    /// <param name="risk">0 to 1.</param>
    public static RiskBand Next(BandBorders borders, RiskBand band, double risk)
    {
        while (band < RiskBand.D && risk >= borders.Below(band + 1) + borders.Margin)
        {
            band++;
        }

        while (band > RiskBand.A && risk < borders.Below(band) - borders.Margin)
        {
            band--;
        }

        return band;
    }

    /// <summary>The band of an element at a time not before its last event, as if it had been watched all along.</summary>
    /// <param name="parameters">The package's numbers.</param>
    /// <param name="baseLoad"><c>β</c>, in nats.</param>
    /// <param name="state">The risk of the element.</param>
    /// <param name="time">In Unix milliseconds.</param>
    public static RiskBand BandAt(RiskParameters parameters, double baseLoad, RiskState state, long time) =>
        Next(parameters.Borders, state.Band, RiskScore.RiskAt(parameters, baseLoad, state, time));
}
