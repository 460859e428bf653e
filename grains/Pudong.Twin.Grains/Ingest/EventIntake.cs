using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Pudong.Twin.Contracts.Events;
using Pudong.Twin.Contracts.Queries;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Grains.Ingest;

/// <summary>The edge of the city: events from outside become entries of their partitions' logs. One for each silo.</summary>
/// <param name="log">The event log.</param>
/// <param name="packages">The package in force.</param>
/// <param name="options">The bounds.</param>
/// <param name="time">The clock.</param>
public sealed class EventIntake(IEventLog log, PackageInForce packages, IOptions<IngestOptions> options, TimeProvider time)
{
    private readonly JsonReaders _readers = new(options);
    private int _calls;

    /// <inheritdoc cref="IIngestGrain.Append"/>
    public async Task<ImmutableArray<PartitionPosition>> Append(ImmutableArray<TwinEvent> events, CancellationToken cancellationToken)
    {
        if (events.IsDefault || events.Length > options.Value.EventLimit)
        {
            throw new ArgumentException($"The call has {(events.IsDefault ? "no" : events.Length)} events; expected 0 to {options.Value.EventLimit} (Twin:Ingest:EventLimit).", nameof(events));
        }

        using var call = Enter();
        var package = await packages.Get(cancellationToken);
        if (events.Any(e => package.FindEventType(e.Type) is null || package.FindKind(e.Subject.Kind) is null))
        {
            package = await packages.Ask(cancellationToken);
        }

        return await Append(Encode(events, package), cancellationToken);
    }

    /// <inheritdoc cref="IIngestGrain.AppendJson"/>
    public async Task<IngestReceipt> AppendJson(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        if (json.Length > options.Value.JsonLimit)
        {
            var mistake = $"The call has {json.Length} bytes of JSON; expected at most {options.Value.JsonLimit} (Twin:Ingest:JsonLimit).";
            return new IngestReceipt([], []) { Whole = new Refusal(RefusalReason.TooLarge, mistake, "") };
        }

        using var call = Enter();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var package = await packages.Get(cancellationToken);
        var read = _readers.Read(json.Span, package, now);
        if (read.Results.Any(result => result.Refusal is not null) && await packages.Ask(cancellationToken) is var newest && newest != package)
        {
            package = newest;
            read = _readers.Read(json.Span, package, now);
        }

        var accepted = read.Results.Where(result => result.Event is not null).Select(result => result.Event!);
        var positions = await Append(Encode([.. accepted], package), cancellationToken);
        return new IngestReceipt([.. read.Results.Select(result => result.Refusal)], positions) { Whole = read.Refusal };
    }

    private EventBatch.Writer?[] Encode(ImmutableArray<TwinEvent> events, ModelPackage package)
    {
        var writers = new EventBatch.Writer?[log.Partitions];
        foreach (var e in events)
        {
            if (e.Cause is not null || package.FindEventType(e.Type) is { Internal: true })
            {
                throw new ArgumentException($"Event '{e.Id}' of type '{e.Type}' is one that the twin itself sends; expected an event from outside.", nameof(events));
            }

            var writer = writers[e.Subject.Partition(writers.Length)] ??= new EventBatch.Writer();
            writer.Begin();
            TwinEventCodec.Write(e, package, writer);
        }

        return writers;
    }

    private async Task<ImmutableArray<PartitionPosition>> Append(EventBatch.Writer?[] writers, CancellationToken cancellationToken)
    {
        var appends = new List<Task<PartitionPosition>>();
        for (var partition = 0; partition < writers.Length; partition++)
        {
            if (writers[partition] is { } writer)
            {
                appends.Add(Append(partition, writer.ToBatch(), cancellationToken));
            }
        }

        return [.. await Task.WhenAll(appends)];
    }

    private async Task<PartitionPosition> Append(int partition, EventBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            var first = await log.Append(partition, batch, cancellationToken);
            return new PartitionPosition(partition, first + (batch.Count - 1));
        }
        catch (EventLogException fault)
        {
            throw new IngestException(fault.Message, busy: fault is EventLogBusyException);
        }
    }

    private Call Enter()
    {
        if (Interlocked.Increment(ref _calls) > options.Value.CallLimit)
        {
            Interlocked.Decrement(ref _calls);
            throw new IngestException($"{options.Value.CallLimit} calls are under way, as many as Twin:Ingest:CallLimit allows; try again in a moment.", busy: true);
        }

        return new Call(this);
    }

    private sealed class Call(EventIntake intake) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref intake._calls);
    }
}
