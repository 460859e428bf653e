using System.Collections.Frozen;
using Orleans.Streams;

namespace Pudong.Twin.Storage.Streams;

/// <summary>Queue p is stream p is partition p, for ever and on every silo.</summary>
/// <remarks>The queues stand evenly on the ring that silos share, so that each silo gets about as many.</remarks>
internal sealed class EventQueueMapper : IConsistentRingStreamQueueMapper
{
    private readonly QueueId[] _queues;
    private readonly FrozenDictionary<StreamId, QueueId> _queueOfStream;

    public EventQueueMapper(int partitions)
    {
        _queues = [.. Enumerable.Range(0, partitions).Select(partition => Queue(partition, partitions))];
        _queueOfStream = _queues.ToFrozenDictionary(queue => EventStreams.Of(PartitionOf(queue)));
    }

    /// <summary>The partition that a queue reads.</summary>
    public static int PartitionOf(QueueId queue) => checked((int)queue.GetNumericId());

    public IEnumerable<QueueId> GetAllQueues() => _queues;

    public QueueId GetQueueForStream(StreamId streamId) => _queueOfStream.TryGetValue(streamId, out var queue)
        ? queue
        : throw new ArgumentException(
            $"Stream '{streamId}' is no partition of the event log; the streams are '{EventStreams.Namespace}' with the integer keys 0 to {_queues.Length - 1}.",
            nameof(streamId));

    public IEnumerable<QueueId> GetQueuesForRange(IRingRange range) => _queues.Where(queue => range.InRange(queue.GetUniformHashCode()));

    private static QueueId Queue(int partition, int partitions)
    {
        const ulong ring = 1UL << 32;
        var place = (uint)((ulong)partition * ring / (ulong)partitions);
        return QueueId.GetQueueId(EventStreams.Namespace, (uint)partition, place);
    }
}
