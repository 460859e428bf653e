using System.Collections.Immutable;
using Orleans;
using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Domain.Elements;

/// <summary>What became of an event.</summary>
/// <remarks>The numbers are stored and travel: append new ones, leave old ones alone.</remarks>
[GenerateSerializer, Alias("pudong.outcome")]
public enum Outcome
{
    /// <summary>It changed its element.</summary>
    Applied = 0,

    /// <summary>The element remembers this event; nothing changed. A sender takes it for success.</summary>
    Duplicate = 1,

    /// <summary>What the element knows is newer, or the reason is gone: it is remembered and changed nothing else. A sender takes it for success.</summary>
    Late = 2,

    /// <summary>It cannot be applied, for a numbered reason; nothing changed.</summary>
    Refused = 3,
}

/// <summary>The answer of the kernel: the element afterwards, what follows elsewhere, and what became of the event.</summary>
/// <param name="State">The element afterwards; the same object when nothing changed.</param>
/// <param name="Effects">What follows, in the order in which it is appended to the log.</param>
/// <param name="Outcome">What became of the event.</param>
/// <param name="Refusal">Why it was refused; null unless it was.</param>
[GenerateSerializer, Immutable, Alias("pudong.transition")]
public readonly record struct Transition(
    [property: Id(0)] ElementState State,
    [property: Id(1)] ImmutableArray<Effect> Effects,
    [property: Id(2)] Outcome Outcome,
    [property: Id(3)] Refusal? Refusal)
{
    /// <summary>Nothing changed.</summary>
    /// <param name="state">The element.</param>
    /// <param name="outcome">Why.</param>
    public static Transition Unchanged(ElementState state, Outcome outcome) => new(state, [], outcome, null);

    /// <summary>Nothing changed, because the event was refused.</summary>
    /// <param name="state">The element.</param>
    /// <param name="refusal">Why.</param>
    public static Transition Refused(ElementState state, Refusal refusal) => new(state, [], Outcome.Refused, refusal);
}
