using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace Pudong.Twin.Storage.Streams;

/// <summary>Counts and logs what could not be delivered to a subscriber within its patience; the subscription goes on.</summary>
internal sealed partial class EventStreamFailureHandler(Counter<long> failures, ILogger logger) : IStreamFailureHandler
{
    /// <summary>The name of the counter; its tag <c>stream</c> tells the partition.</summary>
    public const string Counter = "pudong.twin.events.failed_deliveries";

    // The misspelling is Orleans' own.
    public bool ShouldFaultSubsriptionOnError => false;

    public Task OnDeliveryFailure(GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken)
    {
        failures.Add(1, new KeyValuePair<string, object?>("stream", streamIdentity.ToString()));
        LogDeliveryFailure(streamIdentity, sequenceToken, subscriptionId);
        return Task.CompletedTask;
    }

    public Task OnSubscriptionFailure(GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken)
    {
        failures.Add(1, new KeyValuePair<string, object?>("stream", streamIdentity.ToString()));
        LogSubscriptionFailure(streamIdentity, subscriptionId);
        return Task.CompletedTask;
    }

    [LoggerMessage(
        EventId = 1, Level = LogLevel.Warning,
        Message = "The delivery of stream {Stream} up to {Token} to subscription {Subscription} was given up; the subscriber has to read it from the log.")]
    private partial void LogDeliveryFailure(StreamId stream, StreamSequenceToken? token, GuidId subscription);

    [LoggerMessage(
        EventId = 2, Level = LogLevel.Warning,
        Message = "Subscription {Subscription} to stream {Stream} could not be begun; it starts with the next block.")]
    private partial void LogSubscriptionFailure(StreamId stream, GuidId subscription);
}
