using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace Pudong.Twin.Storage.Streams;

/// <summary>Keeps the blocks of one partition until every subscriber has passed them, and says when it is full by number or by size.</summary>
internal sealed class EventStreamCache(int blocks, long bytes, ILogger logger) : SimpleQueueCache(blocks, logger)
{
    private readonly Queue<int> _sizes = new();
    private long _held;

    public override void AddToCache(IList<IBatchContainer> messages)
    {
        base.AddToCache(messages);
        foreach (var container in messages.Cast<EventBlockContainer>())
        {
            _sizes.Enqueue(container.Block.Bytes.Length);
            _held += container.Block.Bytes.Length;
        }
    }

    public override bool TryPurgeFromCache([MaybeNullWhen(false)] out IList<IBatchContainer> purgedItems)
    {
        var purged = base.TryPurgeFromCache(out purgedItems);
        // The list of purged items lacks those that could not be delivered; the number left does not.
        while (_sizes.Count > Size)
        {
            _held -= _sizes.Dequeue();
        }

        return purged;
    }

    public override bool IsUnderPressure() => _held >= bytes || base.IsUnderPressure();
}
