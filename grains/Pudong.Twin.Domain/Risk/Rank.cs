namespace Pudong.Twin.Domain.Risk;

/// <summary>Which labels an element keeps when there are more than it has places for.</summary>
/// <remarks>
/// RISK-MODEL.md, section 5, "Full tables": <c>log2(π·Q) + U/720</c>, where <c>U</c> (hours) is the newest anchor of the loads and <c>Q</c> the source's own risk above base at
/// <c>U</c>. It does not change as time passes, and it falls along every path.
/// </remarks>
internal static class Rank
{
    private const double HoursPerUnit = 720;
    private const double InverseLn2 = 1.4426950408889634;

    /// <summary>The rank of a label; negative infinity when its loads say nothing under this package.</summary>
    public static double Of(RiskParameters parameters, in Influence label)
    {
        var newest = long.MinValue;
        foreach (ref readonly var load in label.Loads.AsSpan())
        {
            newest = Math.Max(newest, load.At);
        }

        var own = RiskScore.OwnRisk(parameters, label.Loads, newest);
        return (KernelMath.Ln(label.Reach * own) * InverseLn2) + (newest / Decay.MillisecondsPerHour / HoursPerUnit);
    }

    /// <summary>The place of the label with the lowest rank; of equal ones the last in canonical order.</summary>
    public static int Lowest(RiskParameters parameters, ReadOnlySpan<Influence> labels)
    {
        var (lowest, place) = (double.PositiveInfinity, 0);
        for (var i = 0; i < labels.Length; i++)
        {
            var rank = Of(parameters, in labels[i]);
            if (rank <= lowest)
            {
                (lowest, place) = (rank, i);
            }
        }

        return place;
    }

    /// <summary>Whether one route is better than another: greater reach, then fewer hops, then the smaller path, id by id.</summary>
    public static bool IsBetterRoute(in Influence route, in Influence than)
    {
        if (route.Reach != than.Reach)
        {
            return route.Reach > than.Reach;
        }

        return route.Path.Length != than.Path.Length
            ? route.Path.Length < than.Path.Length
            : route.Path.AsSpan().SequenceCompareTo(than.Path.AsSpan()) < 0;
    }
}
