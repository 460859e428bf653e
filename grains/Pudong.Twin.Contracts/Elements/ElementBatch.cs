using System.Collections.Immutable;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Contracts.Elements;

/// <summary>What a partition gives an element to apply.</summary>
/// <param name="Known">The state that the partition holds.</param>
/// <param name="Events">The events about the element, in the order of the log, at least one.</param>
/// <param name="Package">The package in force.</param>
/// <param name="Home">The silo of the partition; an element that woke elsewhere moves there.</param>
/// <param name="Era">Changes whenever the partition may hold states that its elements were not told; by it an element knows whether its own is still the newest.</param>
[GenerateSerializer, Immutable, Alias("pudong.element-batch")]
public sealed record ElementBatch(
    [property: Id(0)] ElementState Known,
    [property: Id(1)] ImmutableArray<PositionedEvent> Events,
    [property: Id(2)] PackageVersion Package,
    [property: Id(3)] SiloAddress Home,
    [property: Id(4)] long Era);

/// <summary>An event and its place in the log of the partition.</summary>
/// <param name="Position">The place.</param>
/// <param name="Event">The event.</param>
[GenerateSerializer, Immutable, Alias("pudong.positioned-event")]
public readonly record struct PositionedEvent([property: Id(0)] LogPosition Position, [property: Id(1)] TwinEvent Event);

/// <summary>What became of a batch.</summary>
/// <param name="State">The state after the last event.</param>
/// <param name="Results">What became of each event, in the same order.</param>
[GenerateSerializer, Immutable, Alias("pudong.element-applied")]
public sealed record ElementApplied([property: Id(0)] ElementState State, [property: Id(1)] ImmutableArray<EventResult> Results);

/// <summary>What became of one event.</summary>
/// <param name="Outcome">Whether it changed the element.</param>
/// <param name="Effects">What it does to other elements, in order; empty for most.</param>
[GenerateSerializer, Immutable, Alias("pudong.event-result")]
public readonly record struct EventResult([property: Id(0)] Outcome Outcome, [property: Id(1)] ImmutableArray<Effect> Effects)
{
    /// <summary>Why the kernel refused it; null when it did not.</summary>
    [Id(2)]
    public Refusal? Refusal { get; init; }
}
