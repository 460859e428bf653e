using Orleans.Streams;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Storage.Streams;

namespace Pudong.Twin.Storage.Tests.Streams;

/// <summary>Subscribes when it is told to.</summary>
public interface ISubscriberGrain : IGrainWithStringKey
{
    /// <summary>Follows a partition from now on.</summary>
    /// <param name="partition">The partition.</param>
    Task Subscribe(int partition);
}

/// <summary>Any grain that takes an interest in a partition and asks for its stream.</summary>
[GrainType("test-subscriber")]
public sealed class SubscriberGrain(Witnesses witnesses) : Grain, ISubscriberGrain
{
    /// <inheritdoc/>
    public Task Subscribe(int partition) => this.GetStreamProvider("events").GetStream<EventBlock>(EventStreams.Of(partition))
        .SubscribeAsync((block, _) => witnesses.Of(this.GetPrimaryKeyString()).Deliver(block));
}
