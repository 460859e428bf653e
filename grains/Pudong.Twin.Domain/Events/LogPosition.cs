using System.Globalization;
using Orleans;

namespace Pudong.Twin.Domain.Events;

/// <summary>The place of an event in the log of its partition.</summary>
/// <param name="Value">Events are numbered 1, 2, 3 … without gaps; 0 is the place before the first.</param>
/// <remarks>A position is not a revision: the former counts the events of a partition, the latter the changes of one element.</remarks>
[GenerateSerializer, Immutable, Alias("pudong.log-position")]
public readonly record struct LogPosition([property: Id(0)] long Value) : IComparable<LogPosition>
{
    /// <summary>The place before the first event.</summary>
    public static LogPosition Start => default;

    /// <summary>The place of the event that follows.</summary>
    public LogPosition Next => new(Value + 1);

    /// <summary>The place of the event before; <see cref="Start"/> has none.</summary>
    public LogPosition Previous => new(Value - 1);

    /// <summary>Compares by place in the log.</summary>
    /// <param name="other">A position of the same partition.</param>
    public int CompareTo(LogPosition other) => Value.CompareTo(other.Value);

    /// <summary>The position a number of events later.</summary>
    /// <param name="position">A position.</param>
    /// <param name="events">How many events later; may be negative.</param>
    public static LogPosition operator +(LogPosition position, long events) => new(position.Value + events);

    /// <summary>The number of events from one position to another.</summary>
    /// <param name="left">The later position.</param>
    /// <param name="right">The earlier position of the same partition.</param>
    public static long operator -(LogPosition left, LogPosition right) => left.Value - right.Value;

    /// <summary>Whether one position lies before another of the same partition.</summary>
    /// <param name="left">A position.</param>
    /// <param name="right">Another position.</param>
    public static bool operator <(LogPosition left, LogPosition right) => left.Value < right.Value;

    /// <summary>Whether one position lies behind another of the same partition.</summary>
    /// <param name="left">A position.</param>
    /// <param name="right">Another position.</param>
    public static bool operator >(LogPosition left, LogPosition right) => left.Value > right.Value;

    /// <summary>Whether one position lies before another of the same partition or is the same.</summary>
    /// <param name="left">A position.</param>
    /// <param name="right">Another position.</param>
    public static bool operator <=(LogPosition left, LogPosition right) => left.Value <= right.Value;

    /// <summary>Whether one position lies behind another of the same partition or is the same.</summary>
    /// <param name="left">A position.</param>
    /// <param name="right">Another position.</param>
    public static bool operator >=(LogPosition left, LogPosition right) => left.Value >= right.Value;

    /// <summary>The number as text.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
