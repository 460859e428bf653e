using System.Collections.Immutable;

namespace Pudong.Twin.Domain.Risk;

/// <summary>What the risk of an element is at a time.</summary>
/// <remarks>
/// RISK-MODEL.md, sections 1, 6 and 8: <c>h = β + Σ M + Σ φ</c>, <c>r = 1 − exp(−h)</c>, summed in the canonical order: β, own loads by type, labels by domain and source. A
/// time before the anchor of a load is answered as at the anchor.
/// </remarks>
public static class RiskScore
{
    // A probability below one for every load: the largest number that is smaller than 1.
    private const double AlmostOne = 1 - (1.0 / (1L << 53));

    /// <summary><c>h</c>: the risk load at a time, in nats.</summary>
    /// <param name="parameters">The package's numbers.</param>
    /// <param name="baseLoad"><c>β</c>, in nats.</param>
    /// <param name="state">The risk of the element.</param>
    /// <param name="time">In Unix milliseconds.</param>
    public static double LoadAt(RiskParameters parameters, double baseLoad, RiskState state, long time)
    {
        var sum = baseLoad;
        foreach (ref readonly var load in state.Loads.AsSpan())
        {
            sum += Worth(parameters, in load, time);
        }

        foreach (ref readonly var label in state.Labels.AsSpan())
        {
            sum += Worth(parameters, in label, time);
        }

        return sum;
    }

    /// <summary><c>h</c> of one domain: base load and only that domain's terms, in nats.</summary>
    /// <param name="parameters">The package's numbers.</param>
    /// <param name="baseLoad"><c>β</c>, in nats.</param>
    /// <param name="state">The risk of the element.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="time">In Unix milliseconds.</param>
    public static double LoadAt(RiskParameters parameters, double baseLoad, RiskState state, RiskDomain domain, long time)
    {
        var sum = baseLoad;
        foreach (ref readonly var load in state.Loads.AsSpan())
        {
            if (parameters.Find(load.Type)?.Domain == domain)
            {
                sum += Worth(parameters, in load, time);
            }
        }

        foreach (ref readonly var label in state.Labels.AsSpan())
        {
            if (label.Domain == domain)
            {
                sum += Worth(parameters, in label, time);
            }
        }

        return sum;
    }

    /// <summary><c>r</c>: the risk at a time, 0 or more and less than 1.</summary>
    /// <param name="parameters">The package's numbers.</param>
    /// <param name="baseLoad"><c>β</c>, in nats.</param>
    /// <param name="state">The risk of the element.</param>
    /// <param name="time">In Unix milliseconds.</param>
    public static double RiskAt(RiskParameters parameters, double baseLoad, RiskState state, long time) => RiskOf(LoadAt(parameters, baseLoad, state, time));

    /// <summary>The risk of a load: <c>1 − exp(−h)</c>, 0 or more and less than 1.</summary>
    /// <param name="load"><c>h</c>, in nats, 0 or more.</param>
    public static double RiskOf(double load) => Math.Min(1 - KernelMath.Exp(-load), AlmostOne);

    /// <summary>The load of a score, for comparisons in load space: <c>X = −ln(1 − x/100)</c>, in nats.</summary>
    /// <param name="score">0 or more; from 100 on the load is infinite.</param>
    public static double LoadOfScore(double score) => score >= 100 ? double.PositiveInfinity : 0 - KernelMath.Ln(1 - (score / 100));

    /// <summary><c>M_τ(t) = min(A·g(t − u, H), cap)</c>: what accumulated evidence is worth at a time, in nats; 0 for a type that the package does not have.</summary>
    /// <param name="parameters">The package's numbers.</param>
    /// <param name="load">The accumulated evidence.</param>
    /// <param name="time">In Unix milliseconds.</param>
    public static double Worth(RiskParameters parameters, in Load load, long time) =>
        parameters.Find(load.Type) is { } type ? Math.Min(load.AmountAt(time, type.HalfLifeHours), type.Cap) : 0;

    /// <summary><c>φ = −ln(1 − π·q(t))</c>: what a label is worth at a time, in nats.</summary>
    /// <param name="parameters">The package's numbers.</param>
    /// <param name="label">The label.</param>
    /// <param name="time">In Unix milliseconds.</param>
    public static double Worth(RiskParameters parameters, in Influence label, long time) =>
        InfluenceLoad(label.Reach, OwnRisk(parameters, label.Loads, time));

    /// <summary><c>q(t) = 1 − exp(−Σ M)</c>: own risk above base that loads of one domain amount to.</summary>
    /// <param name="parameters">The package's numbers.</param>
    /// <param name="loads">Loads of one domain, sorted by type.</param>
    /// <param name="time">In Unix milliseconds.</param>
    public static double OwnRisk(RiskParameters parameters, ImmutableArray<Load> loads, long time)
    {
        var sum = 0.0;
        foreach (ref readonly var load in loads.AsSpan())
        {
            sum += Worth(parameters, in load, time);
        }

        return 1 - KernelMath.Exp(-sum);
    }

    internal static double InfluenceLoad(double reach, double ownRisk) => 0 - KernelMath.Ln(1 - (reach * ownRisk));
}
