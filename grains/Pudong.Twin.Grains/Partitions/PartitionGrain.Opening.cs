using Microsoft.Extensions.Logging;
using Pudong.Twin.Contracts.Partitions;
using Pudong.Twin.Grains.Tables;

namespace Pudong.Twin.Grains.Partitions;

// How a partition comes and goes.
public sealed partial class PartitionGrain
{
    private PublishedPartition? _published;
    private long _era = Random.Shared.NextInt64();
    private bool _stopped;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Recovery may take longer than an activation is given: each method waits for it instead.
        _parts.Homes.Note(_partition, _silo);
        _opening = Open();
        _opening.Ignore();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _stopped = true;
        Withdraw();
        using var patience = new CancellationTokenSource(_options.StopPatience, _parts.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        if (IsOpen)
        {
            await LastSnapshot(either.Token);
        }

        await _stopping.CancelAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _outbox.DisposeAsync();
        _stopping.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task Open()
    {
        try
        {
            await _parts.Gates.Recoveries.WaitAsync(_stopping.Token);
            try
            {
                var recovery = new Recovery(_partition, _parts.Log, _parts.Shelf, _store, FreshContent, _outbox, _options, _parts.Time, _logger);
                var generations = _manifest.State.Generations;
                _content = await Task.Run(() => recovery.Run(generations, _stopping.Token), _stopping.Token);
                foreach (var damaged in recovery.Damaged)
                {
                    await _snapshots.GiveUp(damaged);
                }
            }
            finally
            {
                _parts.Gates.Recoveries.Release();
            }

            Begin();
        }
        catch (Exception fault)
        {
            if (!_stopped)
            {
                LogNotOpened(_partition, fault);
                Fail(fault);
            }

            throw;
        }
    }

    private void Begin()
    {
        _batch.Begin(_content.Applied, _content.Marks);
        QueueAllDue();
        _head = _content.Applied;
        _snapshotAt = _parts.Time.GetTimestamp();
        Publish();
        _waiters.Reach(_content.Applied);
        StartTimers();
    }

    private async ValueTask Opened(CancellationToken cancellationToken)
    {
        if (!_opening.IsCompleted)
        {
            try
            {
                await _opening.WaitAsync(_options.OpeningPatience, _parts.Time, cancellationToken);
            }
            catch (TimeoutException)
            {
                throw new PartitionOpeningException($"Partition {_partition} is still recovering from its snapshot and log; try again in a moment.");
            }
        }

        ThrowIfFailed();
        if (_opening.IsFaulted)
        {
            await _opening;
        }
    }

    private void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            throw new PartitionOpeningException($"Partition {_partition} stopped and recovers anew; try again in a moment. It stopped because: {failure.Message}");
        }
    }

    // Whatever this activation holds is no longer to be trusted, or no longer alone: the next one begins from snapshot and log.
    private void Fail(Exception fault)
    {
        if (_failure is null)
        {
            _failure = fault;
            Withdraw();
            DeactivateOnIdle();
        }
    }

    private void Withdraw()
    {
        _parts.Homes.Forget(_partition);
        if (_published is { } published)
        {
            _parts.Board.Remove(published);
        }

        _watchers.DropAll();
        _waiters.Fail(new PartitionOpeningException($"Partition {_partition} stops or moves; try again in a moment."));
    }

    private void Publish()
    {
        _published = new PublishedPartition(_partition, _content.Table.Publish(), _content.Applied, _head, _waitingSince, _era);
        _parts.Board.Publish(_published);
    }

    private async Task LastSnapshot(CancellationToken cancellationToken)
    {
        try
        {
            await _snapshots.Take(Cut, cancellationToken);
        }
        catch (Exception fault)
        {
            // Best effort: without it the next activation folds more of the log.
            LogNoLastSnapshot(_partition, fault);
        }
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Error, Message = "Partition {Partition} could not open; the next call tries again.")]
    private partial void LogNotOpened(int partition, Exception fault);

    [LoggerMessage(EventId = 11, Level = LogLevel.Warning, Message = "Partition {Partition} stops without a last snapshot; it will recover more from its log.")]
    private partial void LogNoLastSnapshot(int partition, Exception fault);
}
