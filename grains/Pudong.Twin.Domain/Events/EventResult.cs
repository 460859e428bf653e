using System.Collections.Immutable;

namespace Pudong.Twin.Domain.Events;

/// <summary>What became of one event at the edge: the event, or why it was refused.</summary>
/// <param name="Event">The event; null when it was refused.</param>
/// <param name="Refusal">Why it was refused; null when it was not.</param>
public readonly record struct EventResult(TwinEvent? Event, Refusal? Refusal);

/// <summary>What became of a batch at the edge.</summary>
/// <param name="Refusal">Why there is no batch to speak of: no JSON, no array, too many events; null otherwise.</param>
/// <param name="Results">One result for each event, in order; empty when the whole batch was refused.</param>
public sealed record BatchResult(Refusal? Refusal, ImmutableArray<EventResult> Results);
