namespace Pudong.Twin.Domain.Risk;

/// <summary>How a load is forgotten.</summary>
/// <remarks>RISK-MODEL.md, section 1.</remarks>
public static class Decay
{
    /// <summary>Milliseconds in an hour.</summary>
    public const double MillisecondsPerHour = 3_600_000.0;

    /// <summary>The decay factor <c>g(x, H) = 2^(−x/H)</c> for <c>x &gt; 0</c>, else 1.</summary>
    /// <param name="milliseconds"><c>x</c>: the time that has passed, in milliseconds.</param>
    /// <param name="halfLifeHours"><c>H</c>: the half-life, in hours, more than zero.</param>
    public static double Factor(long milliseconds, double halfLifeHours) =>
        milliseconds <= 0 ? 1 : KernelMath.Exp2(-(milliseconds / MillisecondsPerHour / halfLifeHours));
}
