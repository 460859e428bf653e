using System.Collections.Immutable;
using Pudong.Twin.Contracts.Elements;
using Pudong.Twin.Contracts.Partitions;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Risk;
using Pudong.Twin.Grains.Partitions;
using Pudong.Twin.Grains.Placement;

namespace Pudong.Twin.Grains.Elements;

/// <summary>An element of the city. Derive from it to give a kind behaviour of its own; see README.md beside this file.</summary>
/// <remarks>Its state is the fold of the kernel over its events, and its partition keeps it: the element reads no storage and writes none.</remarks>
/// <param name="parts">What all elements of the silo work with.</param>
[BesidePartition]
public abstract class ElementGrain(ElementParts parts) : Grain, IElementGrain
{
    private ElementId? _id;
    private ElementState? _state;
    private ModelPackage? _package;
    private long _era;

    /// <summary>Which element this is.</summary>
    protected ElementId Id => _id ??= ElementGrainIds.ElementOf(this.GetGrainId());

    /// <summary>The partition of the element.</summary>
    protected IPartitionGrain Partition => GrainFactory.GetGrain<IPartitionGrain>(Number);

    /// <summary>The clock.</summary>
    protected TimeProvider Time => parts.Time;

    private int Number => Id.Partition(parts.Partitions);

    /// <inheritdoc/>
    public async ValueTask<ElementApplied> Apply(ElementBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var package = await parts.Package(batch.Package);
        var applied = Folding.Apply(package, batch.Known, batch.Events);
        var before = batch.Known;
        await OnApplied(before, applied.State, batch.Events);
        // A call that timed out may run late: whichever state is further in the log is the newer one.
        if (_state is null || applied.State.Position >= _state.Position)
        {
            (_state, _package, _era) = (applied.State, package, batch.Era);
            _id ??= applied.State.Id;
        }

        if (!batch.Home.Equals(parts.Silo))
        {
            parts.Homes.Note(Number, batch.Home);
            this.MigrateOnIdle();
        }

        return applied;
    }

    /// <inheritdoc/>
    public async ValueTask<ElementView?> Read(long? at = null, CancellationToken cancellationToken = default)
    {
        var (state, package) = await Current(cancellationToken);
        if (!state.IsRegistered)
        {
            return null;
        }

        var time = Moment(at);
        var score = 100 * ElementRisk.RiskAt(package, state, time);
        var band = BandRule.BandAt(package.Risk, ElementRisk.BaseLoad(package, state).Amount, state.Risk, time);
        var priority = package.FindKind(state.Id.Kind) is { } kind ? Likelihood.Priority(score / 100, ElementRisk.ConsequenceOf(kind, state)) : 0;
        return new ElementView(state, package.Version, time, score, band, priority);
    }

    /// <inheritdoc/>
    public async ValueTask<ElementExplanation?> Explain(long? at = null, ImmutableArray<string> without = default, CancellationToken cancellationToken = default)
    {
        var (state, package) = await Current(cancellationToken);
        return state.IsRegistered ? Explaining.Of(package, state, Moment(at), without.IsDefault ? [] : without) : null;
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<ElementChange>> History(int limit = 256, CancellationToken cancellationToken = default)
    {
        var (state, _) = await Current(cancellationToken);
        return Explaining.NewestFirst(state.Changes, Math.Clamp(limit, 1, 256));
    }

    /// <inheritdoc/>
    public ValueTask<SubmitResult> Submit(TwinEvent e, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(e);
        return e.Subject == Id
            ? Partition.Submit(e, cancellationToken)
            : throw new ArgumentException($"Event '{e.Id}' is about {e.Subject}; send it to that element, not to {Id}.", nameof(e));
    }

    /// <summary>Called after events were applied, with the state before and after. What it does is the kind's own: tell a device, call another grain, keep a figure.</summary>
    /// <param name="before">The element before the events.</param>
    /// <param name="after">The element afterwards.</param>
    /// <param name="events">The events, in order, refused and repeated ones included.</param>
    /// <remarks>
    /// Behaviour, not truth: it can change no state, and must answer within <c>Twin:Partitions:ElementPatience</c>, for the partition waits. When it throws or is late the
    /// partition folds the events itself and goes on. It may be called again for the same events, and after a crash of the silo not at all: what must happen exactly once
    /// belongs into the package as a rule, whose consequences are events in the log.
    /// </remarks>
    protected virtual ValueTask OnApplied(ElementState before, ElementState after, ImmutableArray<PositionedEvent> events) => ValueTask.CompletedTask;

    /// <summary>The newest state and the package by which it is read; asks the partition only when what is here may be old.</summary>
    /// <param name="cancellationToken">Ends the waiting for a partition that is still opening.</param>
    protected async ValueTask<(ElementState State, ModelPackage Package)> Current(CancellationToken cancellationToken)
    {
        var published = parts.Board.Find(Number);
        if (_state is { } kept && _package is { } package && published is not null && published.Era == _era)
        {
            return (kept, package);
        }

        var asked = await Partition.StateOf(Id, cancellationToken);
        // The partition may have opened while it was asked.
        published ??= parts.Board.Find(Number);
        var inForce = published?.Table.Package ?? await PackageFromAfar();
        // A batch may have arrived while we waited; what it left is newer.
        if (published is not null && asked.Revision > 0 && (_state is null || asked.Position >= _state.Position))
        {
            (_state, _package, _era) = (asked, inForce, published.Era);
        }

        return _state is { } state && state.Position > asked.Position ? (state, _package!) : (asked, inForce);
    }

    /// <summary>The moment that is meant, in Unix milliseconds.</summary>
    /// <param name="at">A moment; null for now.</param>
    protected long Moment(long? at) => at ?? parts.Time.GetUtcNow().ToUnixTimeMilliseconds();

    // The element woke on another silo than its partition, for as long as it takes to move there.
    private async ValueTask<ModelPackage> PackageFromAfar() =>
        (await Partition.Status()).Package is { } version ? await parts.Package(version) : PartitionContent.Genesis;
}
