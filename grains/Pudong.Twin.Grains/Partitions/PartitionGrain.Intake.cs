using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Orleans.Streams.Core;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Grains.Partitions;

// The way of events from the stream, or from the log where the stream left a gap, to elements, table, outbox and watchers.
public sealed partial class PartitionGrain
{
    private LogPosition _head;
    private long? _waitingSince;

    /// <inheritdoc/>
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory)
    {
        ArgumentNullException.ThrowIfNull(handleFactory);
        return handleFactory.Create<EventBlock>().ResumeAsync(this);
    }

    /// <inheritdoc/>
    public async Task OnNextAsync(IList<SequentialItem<EventBlock>> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        await _opening;
        ThrowIfFailed();
        Know(items[^1].Item.Last);
        _batch.Begin(_content.Applied, _content.Marks);
        foreach (var item in items)
        {
            // The stream is trusted to wake the partition, and for nothing else.
            if (item.Item.First > _batch.Through.Next)
            {
                await TakeFromLog();
            }

            await Take(item.Item);
        }

        await Flush();
    }

    /// <inheritdoc/>
    public async Task OnErrorAsync(Exception ex)
    {
        LogDeliveryGivenUp(_partition, ex);
        await _opening;
        ThrowIfFailed();
        await CatchUp();
    }

    /// <summary>Takes in whatever the log holds behind the applied position.</summary>
    private async Task CatchUp()
    {
        _batch.Begin(_content.Applied, _content.Marks);
        await TakeFromLog();
        await Flush();
    }

    private async Task TakeFromLog()
    {
        await foreach (var block in _parts.Log.Read(_partition, _batch.Through.Next, _stopping.Token))
        {
            Know(block.Last);
            await Take(block);
        }
    }

    private async Task Take(EventBlock block)
    {
        while (_batch.Through < block.Last)
        {
            if (block.First > _batch.Through.Next)
            {
                throw new EventLogDamagedException($"The log of partition {_partition} gave events from {block.First} on where {_batch.Through.Next} was due.");
            }

            _content.Fill(_batch, block);
            if (_batch.Barrier.Event is not null || _batch.Count >= _options.BatchLimit)
            {
                await Flush();
            }
        }
    }

    private async Task Flush()
    {
        if (_batch.Through > _content.Applied)
        {
            await _outbox.Room();
            _content.FindKnown(_batch);
            await _calls.Apply(_batch, _content.Package.Version, _era);
            Commit();
            if (_batch.Barrier.Event is not null && await Recovery.Activate(_content, _batch.Barrier, _parts.Shelf, _stopping.Token))
            {
                Adopted();
            }

            Tell();
        }

        _batch.Begin(_content.Applied, _content.Marks);
    }

    // From here to the end nothing waits, so callers that interleave see all of the batch or nothing.
    private void Commit()
    {
        ThrowIfFailed();
        try
        {
            _content.FoldRest(_batch);
            _content.Commit(_batch, _submits);
            foreach (ref readonly var group in _batch.Groups)
            {
                _due.Follow(group.Known, group.Answer!.State);
            }
        }
        catch (Exception fault)
        {
            // It may have happened in part: only the log knows the truth now.
            LogCommitFailed(_partition, _batch.Through, fault);
            Fail(fault);
            throw;
        }

        if (_calls.Missed)
        {
            _era++;
        }

        if (_watchers.Count > 0)
        {
            _watchers.Tell(_batch, _content.Package);
        }
    }

    private void Adopted()
    {
        _era++;
        QueueAllDue();
        _watchers.Rebind(_content.Package);
        LogAdopted(_partition, _content.Package, _content.Applied);
    }

    private void Tell()
    {
        if (_content.Applied >= _head)
        {
            (_head, _waitingSince) = (_content.Applied, null);
        }

        Publish();
        _waiters.Reach(_content.Applied);
    }

    private void Know(LogPosition head)
    {
        if (head > _head)
        {
            _head = head;
            _waitingSince ??= _parts.Time.GetUtcNow().ToUnixTimeMilliseconds();
        }
    }

    private void QueueAllDue()
    {
        foreach (var state in _content.Table.Publish().States)
        {
            _due.Follow(null, state);
        }
    }

    [LoggerMessage(EventId = 20, Level = LogLevel.Warning, Message = "The stream gave up a delivery to partition {Partition}, which reads its log instead.")]
    private partial void LogDeliveryGivenUp(int partition, Exception fault);

    [LoggerMessage(EventId = 21, Level = LogLevel.Error, Message = "Partition {Partition} failed while it took in events up to {Position}; it recovers from snapshot and log.")]
    private partial void LogCommitFailed(int partition, LogPosition position, Exception fault);

    [LoggerMessage(EventId = 22, Level = LogLevel.Information, Message = "Partition {Partition} follows package {Package} from position {Position} on.")]
    private partial void LogAdopted(int partition, ModelPackage package, LogPosition position);
}
