using Orleans.Providers.Streams.Common;
using Orleans.Streams;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Streams;

/// <summary>One block on its way to the subscribers of its partition's stream.</summary>
/// <param name="StreamId">The stream of the block's partition.</param>
/// <param name="Block">The log's own object, as long as it does not leave the silo.</param>
[GenerateSerializer, Immutable, Alias("pudong.event-block-container")]
internal sealed record EventBlockContainer(
    [property: Id(0)] StreamId StreamId,
    [property: Id(1)] EventBlock Block) : IBatchContainer
{
    /// <summary>The position of the block's last event: blocks read twice with other borders still compare.</summary>
    [field: NonSerialized]
    public StreamSequenceToken SequenceToken => field ??= new EventSequenceTokenV2(Block.Last.Value);

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() => Block is T item
        ? [Tuple.Create(item, SequenceToken)]
        : throw new InvalidCastException($"Stream '{StreamId}' carries {nameof(EventBlock)}; it cannot be read as {typeof(T)}.");

    public bool ImportRequestContext() => false;
}
