using System.Collections.Immutable;

namespace Pudong.Twin.Domain.Sensing;

/// <summary>What a sensor knows about one of its readings.</summary>
public readonly record struct ReadingState
{
    /// <summary>The reading's ordinal in the sensor's kind.</summary>
    public ushort Ordinal { get; init; }

    /// <summary>The thresholds that are raised: bit i stands for the reading's i-th threshold.</summary>
    public ushort Raised { get; init; }

    /// <summary>Whether nothing was heard for longer than the reading allows.</summary>
    public bool Silent { get; init; }

    /// <summary>Whether the values have drifted away from the sensor's own past.</summary>
    public bool Drifted { get; init; }

    /// <summary>The last measured number, in the reading's unit.</summary>
    public double Last { get; init; }

    /// <summary>When it was measured, in Unix milliseconds.</summary>
    public long LastAt { get; init; }

    /// <summary>Minimum, maximum and mean of the last stretch of time.</summary>
    public RollingWindow Window { get; init; }

    /// <summary>Since when each threshold is exceeded without being raised yet, in Unix milliseconds, <see cref="NotSuspect"/> where it is not; default when none is.</summary>
    public ImmutableArray<long> SuspectSince { get; init; }

    /// <summary>Stands in <see cref="SuspectSince"/> for a threshold that is not exceeded.</summary>
    public const long NotSuspect = long.MaxValue;

    /// <summary>What the reading stands for: the state of greatest concern.</summary>
    public ReadingCondition Condition =>
        Drifted ? ReadingCondition.Faulty
        : Silent ? ReadingCondition.Silent
        : Raised != 0 ? ReadingCondition.Alarm
        : SuspectSince.IsDefault ? ReadingCondition.Normal
        : ReadingCondition.Suspect;

    /// <summary>The reading once nothing was heard of it for too long.</summary>
    internal ReadingState Silenced() => this with { Silent = true };
}
