using Orleans.Streams;

namespace Pudong.Twin.Storage.Streams;

/// <summary>Opens the log's partitions for reading. Writers append to the log itself, which answers with positions.</summary>
internal sealed class EventStreamAdapter(string name, Func<int, IQueueAdapterReceiver> openReceiver) : IQueueAdapter
{
    public string Name => name;

    // Subscribers keep their own position and read a gap from the log.
    public bool IsRewindable => false;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadOnly;

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => openReceiver(EventQueueMapper.PartitionOf(queueId));

    public Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext) =>
        throw new NotSupportedException($"Stream '{streamId}' is read-only; append to the event log instead, which answers with positions.");
}
