using System.Collections.Immutable;

namespace Pudong.Twin.Domain.Risk;

/// <summary>Tells loads that have faded away: <c>π·ΣA(T) &lt; dropBelow</c>.</summary>
/// <remarks>RISK-MODEL.md, section 5, rule 5.</remarks>
internal static class Fading
{
    /// <summary>Whether loads have faded at a time.</summary>
    /// <param name="parameters">The package's numbers.</param>
    /// <param name="reach"><c>π</c>; 1 for own published loads.</param>
    /// <param name="loads">The loads, uncapped.</param>
    /// <param name="time"><c>T</c>, in Unix milliseconds.</param>
    public static bool HasFaded(RiskParameters parameters, double reach, ImmutableArray<Load> loads, long time)
    {
        // Nearly always one load alone is plainly enough, which needs no exponential.
        foreach (ref readonly var load in loads.AsSpan())
        {
            if (reach * AtLeast(parameters, in load, time) >= parameters.DropBelow)
            {
                return false;
            }
        }

        return reach * Sum(parameters, loads, time) < parameters.DropBelow;
    }

    /// <summary><c>ΣA(t)</c>: what loads sum up to at a time, uncapped, in nats.</summary>
    /// <param name="parameters">The package's numbers.</param>
    /// <param name="loads">The loads.</param>
    /// <param name="time">In Unix milliseconds.</param>
    public static double Sum(RiskParameters parameters, ImmutableArray<Load> loads, long time)
    {
        var sum = 0.0;
        foreach (ref readonly var load in loads.AsSpan())
        {
            // A type of a package that has not arrived here yet must not fade: its half-life is not known.
            sum += parameters.Find(load.Type) is { } type ? load.AmountAt(time, type.HalfLifeHours) : load.Amount;
        }

        return sum;
    }

    // A bound from below: the number of half-lives rounded up only moves the exponent of the load.
    private static double AtLeast(RiskParameters parameters, in Load load, long time)
    {
        if (time <= load.At || parameters.Find(load.Type) is not { } type)
        {
            return load.Amount;
        }

        var halfLives = Math.Ceiling((time - load.At) / Decay.MillisecondsPerHour / type.HalfLifeHours);
        return halfLives > 1_000 ? 0 : Math.ScaleB(load.Amount, -(int)halfLives);
    }
}
