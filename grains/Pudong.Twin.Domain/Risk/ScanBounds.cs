namespace Pudong.Twin.Domain.Risk;

/// <summary>Bounds of an element's load for queries over many elements, so that most need not be evaluated.</summary>
/// <remarks>RISK-MODEL.md, section 10. Comparisons are made in load space: <c>risk &gt; x</c> is <c>h &gt; X</c>, see <see cref="RiskScore.LoadOfScore"/>.</remarks>
public static class ScanBounds
{
    /// <summary>How near to the border of a query a load must be for section 6 to decide: pruning uses <c>X</c> less this much.</summary>
    public const double Tolerance = 1e-9;

    // What rounding can add to a bound of at most a hundred terms; far below the tolerance.
    private const double Rounding = 1e-12;

    /// <summary><c>hMax</c>: the load at the earlier of the element's and the partition's clock, rounded up; no later time has more.</summary>
    /// <param name="parameters">The package's numbers.</param>
    /// <param name="baseLoad"><c>β</c>, in nats.</param>
    /// <param name="state">The risk of the element.</param>
    /// <param name="clock"><c>T</c>, in Unix milliseconds.</param>
    /// <param name="partitionClock">The clock of the partition, in Unix milliseconds.</param>
    public static float LargestLoad(RiskParameters parameters, double baseLoad, RiskState state, long clock, long partitionClock) =>
        RoundUp(state.IsQuiet ? baseLoad : RiskScore.LoadAt(parameters, baseLoad, state, Math.Min(clock, partitionClock)) + Rounding);

    /// <summary><c>G = ΣA(T)</c> of own loads <c>+ Σ π·ΣA(T)</c> of labels, uncapped, in nats.</summary>
    /// <param name="parameters">The package's numbers.</param>
    /// <param name="state">The risk of the element.</param>
    /// <param name="clock"><c>T</c>, in Unix milliseconds.</param>
    public static double Uncapped(RiskParameters parameters, RiskState state, long clock)
    {
        var sum = Fading.Sum(parameters, state.Loads, clock);
        foreach (ref readonly var label in state.Labels.AsSpan())
        {
            sum += label.Reach * Fading.Sum(parameters, label.Loads, clock);
        }

        return sum;
    }

    /// <summary>The second bound: <c>h(t) ≤ β + min(h(T) − β, G·2^(−(t − T)/H))</c> with the longest half-life.</summary>
    /// <param name="baseLoad"><c>β</c>, in nats.</param>
    /// <param name="load"><c>h(T)</c>, in nats.</param>
    /// <param name="uncapped"><c>G</c>, as <see cref="Uncapped"/> gives it, in nats.</param>
    /// <param name="elapsed"><c>t − T</c>, in milliseconds, 0 or more.</param>
    /// <param name="longestHalfLifeHours">The longest half-life of the package, in hours, more than zero.</param>
    /// <remarks>It holds because <c>−ln(1 − π(1 − e^−L)) ≤ π·L</c>.</remarks>
    public static double LoadAfter(double baseLoad, double load, double uncapped, long elapsed, double longestHalfLifeHours) =>
        baseLoad + Math.Min(load - baseLoad, uncapped * Decay.Factor(elapsed, longestHalfLifeHours)) + Rounding;

    /// <summary>The smallest float that is at least a number.</summary>
    /// <param name="value">The number.</param>
    public static float RoundUp(double value)
    {
        var rounded = (float)value;
        return rounded < value ? MathF.BitIncrement(rounded) : rounded;
    }

    /// <summary>Whether a load that was computed by another way than section 6 decides <c>h &gt; X</c>.</summary>
    /// <param name="load">The load, in nats, within <see cref="Tolerance"/> of the exact one.</param>
    /// <param name="border"><c>X</c>, in nats.</param>
    /// <returns>True or false; null when section 6 has to decide.</returns>
    public static bool? IsAbove(double load, double border) => Math.Abs(load - border) <= Tolerance ? null : load > border;
}
