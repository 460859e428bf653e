using Orleans;
using Pudong.Twin.Domain.Elements;

namespace Pudong.Twin.Domain.Events;

/// <summary>Something that happened to an element, after CloudEvents 1.0, checked against the package and typed.</summary>
/// <param name="Id">The sender's id of the event; unique together with <paramref name="Source"/>.</param>
/// <param name="Source">Who sent it, a URI reference.</param>
/// <param name="Type">The event type's name.</param>
/// <param name="Subject">The element it is about.</param>
/// <param name="Time">When it happened, in Unix milliseconds UTC.</param>
/// <param name="Data">What happened, in the form of its type.</param>
[GenerateSerializer, Immutable, Alias("pudong.twin-event")]
public sealed record TwinEvent(
    [property: Id(0)] string Id,
    [property: Id(1)] string Source,
    [property: Id(2)] string Type,
    [property: Id(3)] ElementId Subject,
    [property: Id(4)] long Time,
    [property: Id(5)] EventData Data)
{
    /// <summary>The revision the element must have; null when any will do. Another one refuses the event as stale.</summary>
    [Id(6)]
    public long? ExpectedRevision { get; init; }

    /// <summary>What caused a derived event; null for one from outside.</summary>
    [Id(7)]
    public Cause? Cause { get; init; }

    /// <summary>The trace it belongs to (W3C <c>traceparent</c>); null when it is not traced.</summary>
    [Id(8)]
    public string? TraceParent { get; init; }

    /// <summary>What an element remembers of the event in order to know it again.</summary>
    public EventKey Key => EventKey.Of(Source, Id);
}

/// <summary>The event of a partition's log that made another one.</summary>
/// <param name="Partition">The partition of the causing event.</param>
/// <param name="Position">Its position there.</param>
/// <param name="Ordinal">Which of its effects this is, from 0.</param>
/// <remarks>Effects are appended in the order of their causes, and the receiver applies none at or below its high-water mark for the causing partition.</remarks>
[GenerateSerializer, Immutable, Alias("pudong.cause")]
public readonly record struct Cause([property: Id(0)] int Partition, [property: Id(1)] LogPosition Position, [property: Id(2)] int Ordinal)
{
    /// <summary>Whether this effect comes after another one of the same partition.</summary>
    /// <param name="mark">The other effect: a high-water mark.</param>
    public bool IsAfter(Cause mark) => Position > mark.Position || (Position == mark.Position && Ordinal > mark.Ordinal);
}
