using System.Collections.Immutable;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Domain.Sensing;

/// <summary>What a measurement did to a reading.</summary>
/// <param name="Next">The reading afterwards.</param>
/// <param name="Late">Whether a newer value was known: the last value and the thresholds stay as they are.</param>
/// <param name="Counted">Whether the value lies in the window.</param>
/// <param name="Alarms">The thresholds that the value raises or keeps raised by exceeding them again: one bit each.</param>
/// <param name="Cleared">The thresholds that it clears: one bit each.</param>
/// <param name="Heard">Whether it ends a silence.</param>
internal readonly record struct Measurement(ReadingState Next, bool Late, bool Counted, ushort Alarms, ushort Cleared, bool Heard)
{
    /// <summary>How many thresholds a reading may have.</summary>
    public const int ThresholdLimit = 16;

    /// <summary>Takes a measured number into a reading.</summary>
    /// <param name="definition">The reading in the package.</param>
    /// <param name="state">What is known of it; its default when nothing was measured yet.</param>
    /// <param name="time">When it was measured, in Unix milliseconds.</param>
    /// <param name="value">The number, finite, in the reading's unit.</param>
    public static Measurement Of(ReadingDefinition definition, in ReadingState state, long time, double value)
    {
        var known = state.Window.Last.Count > 0;
        var window = state.Window.With(time, value, definition.Window);
        if (known && time < state.LastAt)
        {
            var counted = window.Last != state.Window.Last || window.Closed != state.Window.Closed;
            return new Measurement(state with { Window = window }, Late: true, counted, 0, 0, false);
        }

        var thresholds = ThresholdChange.Of(definition.Thresholds, state, time, value);
        var next = new ReadingState
        {
            Ordinal = (ushort)definition.Ordinal,
            Last = value,
            LastAt = time,
            Window = window,
            Raised = thresholds.Raised,
            SuspectSince = thresholds.SuspectSince,
            Drifted = HasDrifted(definition, state, window),
        };
        return new Measurement(next, Late: false, Counted: true, thresholds.Alarms, thresholds.Cleared, state.Silent);
    }

    // Judged once a bucket is full: a single odd reading is a matter of thresholds, not of drift.
    private static bool HasDrifted(ReadingDefinition definition, in ReadingState state, in RollingWindow window)
    {
        if (definition.DriftLimit is not { } limit || window.Closed.IsDefault || window.Last.Index == state.Window.Last.Index)
        {
            return state.Drifted;
        }

        return Drift.ScoreOf(window.Closed[..^1], window.Closed[^1].Mean) is { } score ? score > limit : state.Drifted;
    }
}

/// <summary>What a value did to the thresholds of a reading.</summary>
internal readonly record struct ThresholdChange(ushort Raised, ushort Alarms, ushort Cleared, ImmutableArray<long> SuspectSince)
{
    public static ThresholdChange Of(ImmutableArray<ThresholdDefinition> thresholds, in ReadingState state, long time, double value)
    {
        var change = new ThresholdChange(0, 0, 0, default);
        for (var i = 0; i < thresholds.Length; i++)
        {
            change = change.With(thresholds[i], i, thresholds.Length, state, time, value);
        }

        return change;
    }

    private ThresholdChange With(ThresholdDefinition threshold, int index, int count, in ReadingState state, long time, double value)
    {
        var bit = (ushort)(1 << index);
        var exceeded = threshold.Raises(value);
        if ((state.Raised & bit) != 0)
        {
            return threshold.Clears(value)
                ? this with { Cleared = (ushort)(Cleared | bit) }
                : this with { Raised = (ushort)(Raised | bit), Alarms = exceeded ? (ushort)(Alarms | bit) : Alarms };
        }

        if (!exceeded)
        {
            return this;
        }

        var since = state.SuspectSince.IsDefault ? time : Math.Min(state.SuspectSince[index], time);
        return time - since >= threshold.Debounce
            ? this with { Raised = (ushort)(Raised | bit), Alarms = (ushort)(Alarms | bit) }
            : this with { SuspectSince = Suspecting(index, count, since) };
    }

    private ImmutableArray<long> Suspecting(int index, int count, long since)
    {
        var all = SuspectSince.IsDefault ? [.. Enumerable.Repeat(ReadingState.NotSuspect, count)] : SuspectSince;
        return all.SetItem(index, since);
    }
}
