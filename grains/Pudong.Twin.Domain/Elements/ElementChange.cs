using System.Collections.Immutable;
using Orleans;
using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Domain.Elements;

/// <summary>A line of an element's timeline: what an event changed.</summary>
/// <param name="Position">The event's place in the log of its partition.</param>
/// <param name="Time">When it happened, in Unix milliseconds.</param>
/// <param name="Type">The event type's name.</param>
/// <param name="Attributes">Ordinals of the attributes it changed, rising.</param>
/// <param name="ScoreBefore">The score before it, 0 to 100, at its time.</param>
/// <param name="ScoreAfter">The score after it, 0 to 100, at its time.</param>
/// <param name="Cause">What caused a derived event; null for one from outside.</param>
[GenerateSerializer, Immutable, Alias("pudong.element-change")]
public sealed record ElementChange(
    [property: Id(0)] LogPosition Position,
    [property: Id(1)] long Time,
    [property: Id(2)] string Type,
    [property: Id(3)] ImmutableArray<int> Attributes,
    [property: Id(4)] double ScoreBefore,
    [property: Id(5)] double ScoreAfter,
    [property: Id(6)] Cause? Cause);
