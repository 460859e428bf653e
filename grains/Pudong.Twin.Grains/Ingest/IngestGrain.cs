using System.Collections.Immutable;
using Orleans.Concurrency;
using Pudong.Twin.Contracts.Events;
using Pudong.Twin.Contracts.Queries;
using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Grains.Ingest;

/// <summary>Lets callers reach the intake of their own silo, or of any.</summary>
/// <param name="intake">The intake of this silo.</param>
[GrainType("ingest"), StatelessWorker, Reentrant]
public sealed class IngestGrain(EventIntake intake) : Grain, IIngestGrain
{
    /// <inheritdoc/>
    public Task<ImmutableArray<PartitionPosition>> Append(ImmutableArray<TwinEvent> events, CancellationToken cancellationToken = default) =>
        intake.Append(events, cancellationToken);

    /// <inheritdoc/>
    public Task<IngestReceipt> AppendJson(ImmutableArray<byte> json, CancellationToken cancellationToken = default) =>
        intake.AppendJson(json.AsMemory(), cancellationToken);
}
