using Orleans.Streams;
using Orleans.Streams.Core;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Storage.Streams;

namespace Pudong.Twin.Storage.Tests.Streams;

/// <summary>Follows the partition of its key.</summary>
public interface IReaderGrain : IGrainWithIntegerKey;

/// <summary>Follows a partition as the twin's own partitions do: skips what it knows, reads a gap from the log, never trusts the stream.</summary>
[GrainType("test-reader"), ImplicitStreamSubscription(EventStreams.Namespace)]
public sealed class ReaderGrain(IEventLog log, Witnesses witnesses)
    : Grain, IReaderGrain, IStreamSubscriptionObserver, IAsyncBatchObserver<EventBlock>
{
    private LogPosition _applied;

    private int Partition => (int)this.GetPrimaryKeyLong();

    private Witness Witness => witnesses.Of(Partition);

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Witness.Wake();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<EventBlock>().ResumeAsync(this);

    /// <inheritdoc/>
    public async Task OnNextAsync(IList<SequentialItem<EventBlock>> items)
    {
        foreach (var item in items)
        {
            await Witness.Deliver(item.Item);
            if (item.Item.First > _applied.Next)
            {
                await CatchUp();
            }

            Apply(item.Item);
        }

        Witness.MayFail();
    }

    /// <inheritdoc/>
    public async Task OnErrorAsync(Exception ex)
    {
        Witness.Report();
        await CatchUp();
    }

    private async Task CatchUp()
    {
        await foreach (var block in log.Read(Partition, _applied.Next))
        {
            Apply(block);
        }
    }

    private void Apply(EventBlock block)
    {
        for (var position = block.First; position <= block.Last; position = position.Next)
        {
            if (position == _applied.Next)
            {
                _applied = position;
                Witness.Apply(position);
            }
        }
    }
}
