using System.Collections.Frozen;
using System.Collections.Immutable;
using Pudong.Twin.Query.Syntax;

namespace Pudong.Twin.Domain.Packages;

/// <summary>A type of case: its states, who moves it between them, and how long that may take.</summary>
/// <param name="Name">In kebab case, such as <c>grid-case</c>.</param>
/// <param name="States">The states; the first is where a case begins.</param>
/// <param name="Transitions">Every allowed step; any other is refused with <c>transition-not-allowed</c>.</param>
public sealed record CaseType(string Name, ImmutableArray<CaseState> States, ImmutableArray<CaseTransition> Transitions)
{
    /// <summary>What people read instead of the name.</summary>
    public LocalText? Title { get; init; }

    /// <summary>The kinds it may be about; empty for all.</summary>
    public FrozenSet<string> Kinds { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Index of the evidence type that a case holds a share of; null for none.</summary>
    public int? Evidence { get; init; }

    /// <summary>The time limits by class, such as <c>ordinary</c>.</summary>
    public ImmutableArray<TimeLimit> TimeLimits { get; init; } = [];

    /// <summary>The lead department that answers for it: exactly one.</summary>
    public string? Lead { get; init; }

    /// <summary>The ids of the laws it rests on.</summary>
    public ImmutableArray<string> LegalBasis { get; init; } = [];

    /// <summary>Whether a state can be left for another by an event.</summary>
    /// <param name="from">The state; null for a case that is not there yet.</param>
    /// <param name="event">The event type's name.</param>
    /// <returns>The step, or null when the pair is not allowed.</returns>
    public CaseTransition? Find(string? from, string @event)
    {
        foreach (var transition in Transitions)
        {
            if (transition.From == from && transition.Event == @event)
            {
                return transition;
            }
        }

        return null;
    }
}

/// <summary>A state of a case.</summary>
/// <param name="Name">The exact name.</param>
/// <param name="Role">What the state means for reviews and for the clock.</param>
public sealed record CaseState(string Name, CaseStateRole Role)
{
    /// <summary>What people read instead of the name.</summary>
    public LocalText? Title { get; init; }

    /// <summary>Whether the time limit's clock stands still while a case is here.</summary>
    public bool ClockStops { get; init; }
}

/// <summary>What a state means beyond its name.</summary>
public enum CaseStateRole
{
    /// <summary>The case is open.</summary>
    Open,

    /// <summary>A person reviews the evidence.</summary>
    EvidenceReview,

    /// <summary>Another person reviews the legality.</summary>
    LegalReview,

    /// <summary>A penalty is decided; it can only be reached through both reviews (DOMAIN.md, section 10.3).</summary>
    Penalty,

    /// <summary>The case has ended, without or with verification.</summary>
    Closed,

    /// <summary>The case was false and its evidence is withdrawn.</summary>
    Withdrawn,
}

/// <summary>A step of a case.</summary>
/// <param name="From">The state it leaves; null for the beginning.</param>
/// <param name="Event">The event type that takes it.</param>
/// <param name="To">The state it reaches.</param>
public sealed record CaseTransition(string? From, string Event, string To)
{
    /// <summary>The roles that may take it; empty for everyone.</summary>
    public ImmutableArray<string> Roles { get; init; } = [];

    /// <summary>Whether only a person may take it: no rule, model or scenario.</summary>
    public bool Person { get; init; }

    /// <summary>States whose actors may not take this step too, such as the first reviewer in the second review.</summary>
    public ImmutableArray<string> NotByActorOf { get; init; } = [];

    /// <summary>A condition over the event and the element that must hold; null for none.</summary>
    public Expression? Guard { get; init; }

    /// <summary>The time-limit class that begins here; null when none does.</summary>
    public string? Starts { get; init; }

    /// <summary>Whether the handling is thereby verified, so that the evidence ends.</summary>
    public bool Verifies { get; init; }
}

/// <summary>How long a case of a class may take.</summary>
/// <param name="Name">The class, such as <c>ordinary</c>.</param>
/// <param name="Amount">1 or more.</param>
/// <param name="Unit">What the amount counts.</param>
public sealed record TimeLimit(string Name, int Amount, TimeLimitUnit Unit);

/// <summary>What a time limit counts.</summary>
public enum TimeLimitUnit
{
    /// <summary>Days of the working calendar.</summary>
    WorkingDay,

    /// <summary>Hours of working days.</summary>
    WorkingHour,

    /// <summary>Hours of the clock.</summary>
    ClockHour,
}
