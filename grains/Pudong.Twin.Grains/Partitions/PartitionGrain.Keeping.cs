using System.Globalization;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Grains.Partitions.Snapshots;

namespace Pudong.Twin.Grains.Partitions;

// What timers do: the head of the log, deadlines, snapshots, and the place where the partition ought to live.
public sealed partial class PartitionGrain
{
    private const int DeadlinesAtOnce = 1_000;
    private static readonly TimeSpan TellAgainAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ForgetAfter = TimeSpan.FromMinutes(5);

    private LogPosition _appliedAtLastCheck;
    private long _snapshotAt;
    private long _agedAt;
    private bool _moving;

    private void StartTimers()
    {
        _agedAt = _parts.Time.GetTimestamp();
        this.RegisterGrainTimer(Check, new GrainTimerCreationOptions(_options.CheckInterval, _options.CheckInterval));
        this.RegisterGrainTimer(PassDeadlines, new GrainTimerCreationOptions(_options.DeadlineInterval, _options.DeadlineInterval));
    }

    private async Task Check(CancellationToken cancellationToken)
    {
        if (!IsOpen || _stopped)
        {
            return;
        }

        await CompareWithHead(cancellationToken);
        if (_parts.Time.GetElapsedTime(_agedAt) > ForgetAfter)
        {
            _agedAt = _parts.Time.GetTimestamp();
            _calls.Age();
        }

        if (!_moving && !_parts.Homes.IsHome(_partition))
        {
            _moving = true;
            // OnDeactivateAsync takes the snapshot from which the partition opens at its new place.
            LogMoving(_partition);
            this.MigrateOnIdle();
        }
        else if (IsSnapshotDue() && !_snapshots.IsRunning)
        {
            TakeSnapshotBeside();
        }
    }

    // A delivery that was given up, or an append that no agent noticed, shows here at the latest.
    private async Task CompareWithHead(CancellationToken cancellationToken)
    {
        try
        {
            Know((await _parts.Log.Extent(_partition, cancellationToken)).Head);
            if (_head > _content.Applied && _content.Applied == _appliedAtLastCheck)
            {
                await CatchUp();
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException && _failure is null)
        {
            LogCheckFailed(_partition, _content.Applied, fault);
        }

        _appliedAtLastCheck = _content.Applied;
    }

    private bool IsSnapshotDue() =>
        _content.Applied - _snapshots.Position >= _options.SnapshotEvents
        || (_content.Applied > _snapshots.Position && _parts.Time.GetElapsedTime(_snapshotAt) >= _options.SnapshotInterval);

    private async void TakeSnapshotBeside()
    {
        try
        {
            await TakeSnapshot(_stopping.Token);
        }
        catch (Exception fault)
        {
            if (!_stopped && _failure is null)
            {
                LogSnapshotFailed(_partition, fault);
            }
        }
    }

    private async Task<LogPosition> TakeSnapshot(CancellationToken cancellationToken)
    {
        _snapshotAt = _parts.Time.GetTimestamp();
        try
        {
            return await _snapshots.Take(Cut, cancellationToken);
        }
        catch (InconsistentStateException conflict)
        {
            LogConflict(_partition, conflict);
            Fail(conflict);
            throw;
        }
    }

    private SnapshotCut Cut() => new(
        _content.Applied, _content.Table.Publish(), _content.Marks.Marks, _content.Quarantine.Entries, _parts.Time.GetUtcNow().ToUnixTimeMilliseconds());

    private async Task PassDeadlines(CancellationToken cancellationToken)
    {
        var now = _parts.Time.GetUtcNow().ToUnixTimeMilliseconds();
        // Behind the head there may be readings that move a deadline away.
        if (!IsOpen || _stopped || _due.Next > now || _content.Applied < _head)
        {
            return;
        }

        var told = new List<ElementId>();
        var writer = new EventBatch.Writer();
        while (told.Count < DeadlinesAtOnce && _due.Take(now) is { } id)
        {
            Write(writer, id, now, told);
        }

        if (told.Count == 0)
        {
            return;
        }

        try
        {
            await _parts.Log.Append(_partition, writer.ToBatch(), cancellationToken);
            foreach (var id in told)
            {
                _due.Told(id, now + (long)TellAgainAfter.TotalMilliseconds);
            }
        }
        catch (Exception fault) when (fault is EventLogException or OperationCanceledException)
        {
            LogDeadlinesNotAppended(_partition, told.Count, fault);
            foreach (var id in told)
            {
                _due.Again(id, now);
            }
        }
    }

    private void Write(EventBatch.Writer writer, ElementId id, long now, List<ElementId> told)
    {
        var state = _content.Table.Find(id) ?? ElementState.Unknown(id);
        var due = Deadlines.DueAt(_content.Package, state, now);
        foreach (var deadline in due)
        {
            writer.Begin();
            TwinEventCodec.Write(EventOf(deadline), _content.Package, writer);
        }

        if (!due.IsEmpty)
        {
            told.Add(id);
        }
        else if (state.NextDue != long.MaxValue)
        {
            _due.Again(id, state.NextDue);
        }
    }

    // The same deadline has the same id, so that telling it twice is a duplicate.
    private static TwinEvent EventOf(DerivedEvent deadline)
    {
        var data = (DeadlineData)deadline.Data;
        var id = string.Create(CultureInfo.InvariantCulture, $"{deadline.Target}/{data.Kind}/{data.Index}/{data.Case}/{deadline.Time}");
        return new TwinEvent(id, DerivedEvent.Source, deadline.Type, deadline.Target, deadline.Time, data);
    }

    [LoggerMessage(EventId = 30, Level = LogLevel.Warning, Message = "Partition {Partition} could not read its log behind position {Position}; it tries again at its next check.")]
    private partial void LogCheckFailed(int partition, LogPosition position, Exception fault);

    [LoggerMessage(EventId = 31, Level = LogLevel.Warning, Message = "Partition {Partition} could not write a snapshot; it goes on and tries again later.")]
    private partial void LogSnapshotFailed(int partition, Exception fault);

    [LoggerMessage(EventId = 32, Level = LogLevel.Warning, Message = "Another activation of partition {Partition} has written the snapshot's manifest; this one stops.")]
    private partial void LogConflict(int partition, Exception conflict);

    [LoggerMessage(EventId = 33, Level = LogLevel.Warning, Message = "Partition {Partition} could not append {Count} elements' deadlines; it tries again at once.")]
    private partial void LogDeadlinesNotAppended(int partition, int count, Exception fault);

    [LoggerMessage(EventId = 34, Level = LogLevel.Information, Message = "Partition {Partition} moves to another silo.")]
    private partial void LogMoving(int partition);
}
