using System.Collections.Immutable;

namespace Pudong.Twin.Domain.Risk;

/// <summary>The risk of an element with its loads pre-scaled to a common time, so that a query reads each with one multiplication.</summary>
/// <remarks>RISK-MODEL.md, section 10, item 4: <c>Â = A·2^((u − t0)/H)</c>.</remarks>
public sealed class ScaledLoads
{
    // Beyond this many half-lives between anchor and origin numbers leave their range.
    private const double FarthestHalfLives = 500;

    private readonly ImmutableArray<Scaled> _own;
    private readonly ImmutableArray<ScaledLabel> _labels;

    private ScaledLoads(ImmutableArray<Scaled> own, ImmutableArray<ScaledLabel> labels, long latestAnchor)
    {
        _own = own;
        _labels = labels;
        LatestAnchor = latestAnchor;
    }

    /// <summary>The latest anchor of all loads, in Unix milliseconds: an earlier time is read by section 6.</summary>
    public long LatestAnchor { get; }

    /// <summary>Scales the loads of an element.</summary>
    /// <param name="parameters">The package's numbers.</param>
    /// <param name="state">The risk of the element.</param>
    /// <param name="origin"><c>t0</c>, in Unix milliseconds.</param>
    /// <returns>Null when the origin is too far from an anchor and has to be moved.</returns>
    public static ScaledLoads? Of(RiskParameters parameters, RiskState state, long origin)
    {
        var latest = long.MinValue;
        if (Scale(parameters, state.Loads, origin, ref latest) is not { } own)
        {
            return null;
        }

        var labels = ImmutableArray.CreateBuilder<ScaledLabel>(state.Labels.Length);
        foreach (var label in state.Labels)
        {
            if (Scale(parameters, label.Loads, origin, ref latest) is not { } loads)
            {
                return null;
            }

            labels.Add(new ScaledLabel(label.Reach, loads));
        }

        return new ScaledLoads(own, labels.DrainToImmutable(), latest);
    }

    /// <summary>The load of the element at the time of the factors, in nats.</summary>
    /// <param name="baseLoad"><c>β</c>, in nats.</param>
    /// <param name="factors">The factors of the query's time; not before <see cref="LatestAnchor"/>, and of the same origin.</param>
    public double LoadAt(double baseLoad, ScanFactors factors)
    {
        var sum = baseLoad + Sum(_own, factors);
        foreach (var label in _labels)
        {
            sum += RiskScore.InfluenceLoad(label.Reach, 1 - KernelMath.Exp(-Sum(label.Loads, factors)));
        }

        return sum;
    }

    private static double Sum(ImmutableArray<Scaled> loads, ScanFactors factors)
    {
        var sum = 0.0;
        foreach (ref readonly var load in loads.AsSpan())
        {
            sum += factors.Worth(load.Type, load.Amount);
        }

        return sum;
    }

    private static ImmutableArray<Scaled>? Scale(RiskParameters parameters, ImmutableArray<Load> loads, long origin, ref long latest)
    {
        var scaled = ImmutableArray.CreateBuilder<Scaled>(loads.Length);
        foreach (var load in loads)
        {
            if (parameters.Find(load.Type) is not { } type)
            {
                continue;
            }

            var halfLives = (load.At - origin) / Decay.MillisecondsPerHour / type.HalfLifeHours;
            if (Math.Abs(halfLives) >= FarthestHalfLives)
            {
                return null;
            }

            latest = Math.Max(latest, load.At);
            scaled.Add(new Scaled(load.Type, load.Amount * KernelMath.Exp2(halfLives)));
        }

        return scaled.DrainToImmutable();
    }

    private readonly record struct Scaled(ushort Type, double Amount);

    private readonly record struct ScaledLabel(double Reach, ImmutableArray<Scaled> Loads);
}

/// <summary>One factor for each evidence type, computed once for a query: <c>2^(−(t − t0)/H)</c>.</summary>
/// <remarks>RISK-MODEL.md, section 10, item 4.</remarks>
public sealed class ScanFactors
{
    private readonly double[] _factors;
    private readonly double[] _caps;

    /// <summary>Makes the factors of a time.</summary>
    /// <param name="parameters">The package's numbers.</param>
    /// <param name="origin"><c>t0</c>, in Unix milliseconds.</param>
    /// <param name="time"><c>t</c>, in Unix milliseconds.</param>
    public ScanFactors(RiskParameters parameters, long origin, long time)
    {
        var count = parameters.Types.IsEmpty ? 0 : parameters.Types.Max(type => type.Index) + 1;
        _factors = new double[count];
        _caps = new double[count];
        foreach (var type in parameters.Types)
        {
            _factors[type.Index] = KernelMath.Exp2(-((time - origin) / Decay.MillisecondsPerHour / type.HalfLifeHours));
            _caps[type.Index] = type.Cap;
        }
    }

    /// <summary>What a pre-scaled load is worth at the time, in nats: <c>min(Â·factor, cap)</c>.</summary>
    /// <param name="type">The index of its type.</param>
    /// <param name="scaled"><c>Â</c>.</param>
    public double Worth(ushort type, double scaled) => Math.Min(scaled * _factors[type], _caps[type]);
}
