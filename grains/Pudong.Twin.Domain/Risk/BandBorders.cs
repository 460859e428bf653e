namespace Pudong.Twin.Domain.Risk;

/// <summary>Where the bands of risk begin, and the margin that keeps an element from flapping between two.</summary>
/// <param name="B">The lower border of band B, a risk of 0 to 1.</param>
/// <param name="C">The lower border of band C, above that of B.</param>
/// <param name="D">The lower border of band D, above that of C.</param>
/// <param name="Margin"><c>m</c>: how far a risk must pass a border to change the band.</param>
/// <remarks>RISK-MODEL.md, section 6, "Bands".</remarks>
public readonly record struct BandBorders(double B, double C, double D, double Margin)
{
    /// <summary>A below 0.20, B below 0.45, C below 0.70, margin 0.02.</summary>
    public static BandBorders Standard => new(0.20, 0.45, 0.70, 0.02);

    /// <summary>The border below a band.</summary>
    /// <param name="band">B, C or D; band A has none and gives 0.</param>
    public double Below(RiskBand band) => band switch
    {
        RiskBand.D => D,
        RiskBand.C => C,
        RiskBand.B => B,
        _ => 0,
    };
}
