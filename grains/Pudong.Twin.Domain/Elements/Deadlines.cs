using System.Collections.Immutable;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Sensing;

namespace Pudong.Twin.Domain.Elements;

/// <summary>The due times of an element, which its partition turns into events in the log once they pass.</summary>
public static class Deadlines
{
    /// <summary>The deadlines of an element that fall due at a time or before, as events.</summary>
    /// <param name="package">The package in force.</param>
    /// <param name="state">The element.</param>
    /// <param name="time">The partition's clock, in Unix milliseconds.</param>
    /// <returns>Events dated at the due times, the earliest first; empty when none is due.</returns>
    public static ImmutableArray<DerivedEvent> DueAt(ModelPackage package, ElementState state, long time)
    {
        if (state.NextDue > time || package.FindKind(state.Id.Kind) is not { } kind)
        {
            return [];
        }

        var due = ImmutableArray.CreateBuilder<DerivedEvent>();
        foreach (ref readonly var reading in state.Readings.AsSpan())
        {
            if (SilenceDue(kind, reading) is var at && at <= time)
            {
                due.Add(new DerivedEvent(state.Id, BuiltIn.DeadlinePassed, at, new DeadlineData(DeadlineKind.Silence, reading.Ordinal)));
            }
        }

        due.Sort(static (x, y) => x.Time.CompareTo(y.Time));
        return due.DrainToImmutable();
    }

    /// <summary>When the earliest deadline falls due.</summary>
    internal static long NextDue(ElementKind kind, ImmutableArray<ReadingState> readings)
    {
        var next = long.MaxValue;
        foreach (ref readonly var reading in readings.AsSpan())
        {
            next = Math.Min(next, SilenceDue(kind, reading));
        }

        return next;
    }

    /// <summary>When a reading counts as silent; <see cref="long.MaxValue"/> when it already does or never will.</summary>
    internal static long SilenceDue(ElementKind kind, in ReadingState reading) =>
        !reading.Silent && reading.Ordinal < kind.Readings.Length && kind.Readings[reading.Ordinal].SilentAfter is { } after
            ? reading.LastAt + after
            : long.MaxValue;
}
