using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Orleans.Streams.Core;
using Pudong.Twin.Contracts.Changes;
using Pudong.Twin.Contracts.Elements;
using Pudong.Twin.Contracts.Events;
using Pudong.Twin.Contracts.Partitions;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Events.Coding;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Grains.Partitions.Snapshots;
using Pudong.Twin.Grains.Placement;

namespace Pudong.Twin.Grains.Partitions;

/// <summary>One partition of the city. This file is what callers see; Intake is the way of events, Opening how it comes and goes, Keeping what timers do.</summary>
[GrainType("partition"), KeepAlive, SpreadPartitions, ImplicitStreamSubscription("events")]
public sealed partial class PartitionGrain : Grain, IPartitionGrain, IStreamSubscriptionObserver, IAsyncBatchObserver<EventBlock>, IAsyncDisposable
{
    private readonly PartitionParts _parts;
    private readonly PartitionOptions _options;
    private readonly ILogger _logger;
    private readonly int _partition;
    private readonly SiloAddress _silo;
    private readonly Outbox _outbox;
    private readonly Batch _batch;
    private readonly ElementCalls _calls;
    private readonly SnapshotStore _store;
    private readonly SnapshotDesk _snapshots;
    private readonly IPersistentState<SnapshotManifest> _manifest;
    private readonly PositionWaiters _waiters;
    private readonly SubmitDesk _submits;
    private readonly WatcherList _watchers;
    private readonly DueQueue _due = new();
    private readonly CancellationTokenSource _stopping = new();
    private PartitionContent _content;
    private Task _opening = Task.CompletedTask;
    private Exception? _failure;

    /// <summary>Makes a partition; it opens in <see cref="OnActivateAsync"/>.</summary>
    /// <param name="context">Tells the partition's number and silo.</param>
    /// <param name="manifest">Which snapshots there are.</param>
    /// <param name="parts">What all partitions of the silo work with.</param>
    public PartitionGrain(IGrainContext context, [PersistentState("snapshot", PartitionParts.StorageName)] IPersistentState<SnapshotManifest> manifest, PartitionParts parts)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(parts);
        (_parts, _options, _logger, _manifest) = (parts, parts.Options.Value, parts.Logger, manifest);
        _partition = (int)context.GrainId.GetIntegerKey();
        _silo = context.Address.SiloAddress!;
        _outbox = new Outbox(_partition, parts.Log, _options, parts.Time, _logger);
        _batch = new Batch(parts.Log.Partitions);
        _calls = new ElementCalls(_partition, GrainFactory, _silo, parts.Gates, _options, parts.Time, _logger);
        _store = new SnapshotStore(parts.Storage, context.GrainId, _options);
        _snapshots = new SnapshotDesk(_partition, manifest, _store, parts.Log, _outbox, parts.Gates, _logger);
        _waiters = new PositionWaiters(_options.WaiterLimit);
        _submits = new SubmitDesk(_options.WaiterLimit);
        _watchers = new WatcherList(_partition, _options.WatcherLimit);
        _content = FreshContent();
    }

    private bool IsOpen => _opening.IsCompletedSuccessfully && _failure is null;

    /// <inheritdoc/>
    public ValueTask<SiloAddress> Where() => ValueTask.FromResult(_silo);

    /// <inheritdoc/>
    public async ValueTask<ElementState> StateOf(ElementId id, CancellationToken cancellationToken = default)
    {
        await Opened(cancellationToken);
        return _content.Table.Find(id) ?? ElementState.Unknown(id);
    }

    /// <inheritdoc/>
    public async ValueTask<SubmitResult> Submit(TwinEvent e, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(e);
        await Opened(cancellationToken);
        if (e.Subject.Partition(_parts.Log.Partitions) != _partition)
        {
            throw new ArgumentException($"Event '{e.Id}' is about {e.Subject}, which does not belong to partition {_partition}.", nameof(e));
        }

        var key = e.Key;
        _submits.Begin(key);
        try
        {
            if (Encode(e) is not { } batch)
            {
                return NotKnown(e);
            }

            var position = await Append(batch, cancellationToken);
            await _waiters.WaitFor(position, _content.Applied, cancellationToken);
            return _submits.ResultAt(position)
                ?? new SubmitResult(Outcome.Refused, position, 0) { Refusal = _content.Quarantine.Find(position)?.Refusal };
        }
        finally
        {
            _submits.End(key);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<LogPosition> WaitFor(LogPosition position, CancellationToken cancellationToken = default)
    {
        await Opened(cancellationToken);
        return await _waiters.WaitFor(position, _content.Applied, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<PartitionStatus> Status() => ValueTask.FromResult(new PartitionStatus(
        _partition,
        _silo,
        IsOpen,
        _content.Applied,
        _head > _content.Applied ? _head : _content.Applied,
        _snapshots.Position,
        _content.Table.Registered,
        _content.Quarantine.Count,
        ReferenceEquals(_content.Package, PartitionContent.Genesis) ? null : _content.Package.Version));

    /// <inheritdoc/>
    public async ValueTask<LogPosition> Watch(IChangeObserver observer, WatchRequest request)
    {
        ArgumentNullException.ThrowIfNull(observer);
        ArgumentNullException.ThrowIfNull(request);
        await Opened(CancellationToken.None);
        _watchers.Add(observer, request, _content.Package, _content.Applied);
        return _content.Applied;
    }

    /// <inheritdoc/>
    public ValueTask Unwatch(IChangeObserver observer)
    {
        _watchers.Remove(observer);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<QuarantinedEvent>> Quarantined(LogPosition after, int limit)
    {
        await Opened(CancellationToken.None);
        var found = ImmutableArray.CreateBuilder<QuarantinedEvent>();
        limit = Math.Clamp(limit, 1, 1_000);
        foreach (var entry in _content.Quarantine.Entries)
        {
            if (entry.Position > after && found.Count < limit)
            {
                found.Add(new QuarantinedEvent(entry.Position, Decode(entry), entry.Refusal, entry.At));
            }
        }

        return found.DrainToImmutable();
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<LogPosition>> Resubmit(ImmutableArray<LogPosition> positions, CancellationToken cancellationToken = default)
    {
        await Opened(cancellationToken);
        var sent = ImmutableArray.CreateBuilder<LogPosition>();
        var writer = new EventBatch.Writer();
        foreach (var position in positions)
        {
            if (_content.Quarantine.Find(position) is { } entry && !sent.Contains(position))
            {
                WriteAgain(writer, entry);
                sent.Add(position);
            }
        }

        if (sent.Count > 0)
        {
            await Append(writer.ToBatch(), cancellationToken);
        }

        return RemoveFromQuarantine(sent);
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<LogPosition>> Discard(ImmutableArray<LogPosition> positions)
    {
        await Opened(CancellationToken.None);
        return RemoveFromQuarantine(positions);
    }

    /// <inheritdoc/>
    public async ValueTask<LogPosition> Snapshot(CancellationToken cancellationToken = default)
    {
        await Opened(cancellationToken);
        return await TakeSnapshot(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<PartitionHash> Hash()
    {
        await Opened(CancellationToken.None);
        var (position, table) = (_content.Applied, _content.Table.Publish());
        return await Task.Run(() => new PartitionHash(position, StateHash.Of(table.States)));
    }

    private async Task<LogPosition> Append(EventBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            return await _parts.Log.Append(_partition, batch, cancellationToken);
        }
        catch (EventLogBusyException full)
        {
            throw new IngestException(full.Message, busy: true);
        }
        catch (EventLogException fault)
        {
            throw new IngestException(fault.Message, busy: false);
        }
    }

    private EventBatch? Encode(TwinEvent e)
    {
        if (_content.Package.FindEventType(e.Type) is null)
        {
            return null;
        }

        var writer = new EventBatch.Writer();
        writer.Begin();
        TwinEventCodec.Write(e, _content.Package, writer);
        return writer.ToBatch();
    }

    private SubmitResult NotKnown(TwinEvent e) => new(Outcome.Refused, LogPosition.Start, _content.Table.Find(e.Subject)?.Revision ?? 0)
    {
        Refusal = new Refusal(RefusalReason.UnknownEventType, $"Package {_content.Package.Version} has no event type '{e.Type}'; nothing was appended.", ""),
    };

    private TwinEvent? Decode(QuarantineEntry entry)
    {
        try
        {
            return TwinEventCodec.Read(entry.Bytes.AsSpan(), _content.Package, new EventStrings(1));
        }
        catch (Exception)
        {
            // That it cannot be read is what the list says by the missing event.
            return null;
        }
    }

    private void WriteAgain(EventBatch.Writer writer, QuarantineEntry entry)
    {
        if (Decode(entry) is { Cause: not null } derived)
        {
            // Its cause lies below the mark, where it would be taken for a repeat.
            writer.Begin();
            TwinEventCodec.Write(
                derived with { Id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"resubmitted-{_partition}-{entry.Position.Value}"), Cause = null },
                _content.Package,
                writer);
            return;
        }

        writer.Add(entry.Bytes.AsSpan());
    }

    private ImmutableArray<LogPosition> RemoveFromQuarantine(IEnumerable<LogPosition> positions) => [.. positions.Where(_content.Quarantine.Remove)];

    private PartitionContent FreshContent() => new(_partition, _parts.Log.Partitions, _options, _outbox, _parts.Time);
}
