using System.Collections.Immutable;
using Pudong.Twin.Contracts.Queries;
using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Contracts.Events;

/// <summary>Takes events in from anywhere in the cluster: accepted means appended durably.</summary>
/// <remarks>Any key reaches the same service, on the caller's silo where it is one.</remarks>
[Alias("pudong.ingest"), GrainInterfaceType("pudong.ingest")]
public interface IIngestGrain : IGrainWithIntegerKey
{
    /// <summary>Appends events to the logs of their elements' partitions.</summary>
    /// <param name="events">Typed events, checked against the active package; those of one element keep their order. At most 10,000.</param>
    /// <param name="cancellationToken">Stops waiting; whether the events were appended is then unknown.</param>
    /// <returns>The last position in each partition that got events; a read that covers them sees the events.</returns>
    /// <exception cref="IngestException">Nothing or not everything was appended; send all of the events again, repeats are harmless.</exception>
    /// <exception cref="ArgumentException">An event is none that the active package takes from outside, or there are too many; nothing was appended.</exception>
    [Alias("append")]
    Task<ImmutableArray<PartitionPosition>> Append(ImmutableArray<TwinEvent> events, CancellationToken cancellationToken = default);

    /// <summary>Reads CloudEvents from JSON, one or a batch, checks them against the active package and appends those that pass.</summary>
    /// <param name="json">UTF-8 JSON: an object, or an array of at most 1,000.</param>
    /// <param name="cancellationToken">Stops waiting; whether the events were appended is then unknown.</param>
    /// <exception cref="IngestException">Nothing or not everything was appended; send all of the events again, repeats are harmless.</exception>
    [Alias("append-json")]
    Task<IngestReceipt> AppendJson(ImmutableArray<byte> json, CancellationToken cancellationToken = default);
}

/// <summary>What became of a batch of CloudEvents.</summary>
/// <param name="Refusals">One entry an event, in order; null for one that was accepted.</param>
/// <param name="Positions">The last position in each partition that got events.</param>
[GenerateSerializer, Immutable, Alias("pudong.ingest-receipt")]
public sealed record IngestReceipt(
    [property: Id(0)] ImmutableArray<Refusal?> Refusals, [property: Id(1)] ImmutableArray<PartitionPosition> Positions)
{
    /// <summary>Why there is no batch to speak of: no JSON, too many events; null otherwise.</summary>
    [Id(2)]
    public Refusal? Whole { get; init; }
}

/// <summary>Events could not be taken in; the message says why and whether to wait.</summary>
/// <param name="message">One sentence.</param>
/// <param name="busy">True when a bound is full (429), false when the log does not answer (503).</param>
[GenerateSerializer, Alias("pudong.ingest-exception")]
public sealed class IngestException(string message, bool busy) : Exception(message)
{
    /// <summary>True when a bound is full, false when the log does not answer.</summary>
    [Id(0)]
    public bool Busy { get; } = busy;
}
