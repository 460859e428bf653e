using System.Buffers;
using System.Collections.Immutable;
using Pudong.Twin.Contracts.Elements;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Events.Coding;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Grains.Tables;

namespace Pudong.Twin.Grains.Partitions;

/// <summary>What a partition knows as of a position: its elements, the package in force, the marks, the quarantine. The live partition and recovery lead a batch
/// through the same three steps: <see cref="Fill"/>, answers from elements or <see cref="FoldRest"/>, <see cref="Commit"/>.</summary>
/// <remarks>Not safe for many threads. Only <see cref="Commit"/> and <see cref="Activate"/> change anything, and neither waits: a batch takes effect whole or not at all.</remarks>
internal sealed class PartitionContent(int partition, int partitions, PartitionOptions options, Outbox outbox, TimeProvider time)
{
    /// <summary>The package before the first activation: it has no kind, so that nothing can be applied.</summary>
    public static readonly ModelPackage Genesis = new(new PackageContent(new PackageVersion("pudong.genesis", 0)));

    private readonly EventStrings _strings = new(16_384);
    private readonly List<ElementState> _changed = [];

    /// <summary>The package in force.</summary>
    public ModelPackage Package { get; private set; } = Genesis;

    /// <summary>The position up to which all is complete.</summary>
    public LogPosition Applied { get; private set; }

    /// <summary>The elements.</summary>
    public ElementTable Table { get; private set; } = new(Genesis);

    /// <summary>Which derived events were taken in.</summary>
    public CauseMarks Marks { get; } = new(partitions);

    /// <summary>The events that could not be applied.</summary>
    public Quarantine Quarantine { get; } = new(options.QuarantineLimit);

    /// <summary>Takes over what a snapshot holds.</summary>
    /// <param name="package">The package of the snapshot.</param>
    /// <param name="applied">Its position.</param>
    public void Restore(ModelPackage package, LogPosition applied)
    {
        (Package, Applied, Table) = (package, applied, new ElementTable(package));
        outbox.Note(applied);
    }

    /// <summary>Reads events of a block into a batch, from where the batch stands up to the block's end, a full batch, or a change of package.</summary>
    /// <param name="batch">A batch that began at or behind <see cref="Applied"/>.</param>
    /// <param name="block">A block whose first event is not behind the batch's next one.</param>
    public void Fill(Batch batch, EventBlock block)
    {
        var position = block.First;
        foreach (var entry in block.Entries)
        {
            if (position > batch.Through)
            {
                Read(batch, position, entry);
                if (batch.Barrier.Event is not null || batch.Count >= options.BatchLimit)
                {
                    return;
                }
            }

            position = position.Next;
        }
    }

    /// <summary>Finds the states that the elements of a full batch begin with.</summary>
    public void FindKnown(Batch batch)
    {
        batch.Spread();
        foreach (ref var group in batch.Groups)
        {
            group.Known = Table.Find(group.Id);
        }
    }

    /// <summary>Folds the events of those elements that have not answered.</summary>
    /// <returns>How many elements that were.</returns>
    public int FoldRest(Batch batch)
    {
        var folded = 0;
        foreach (ref var group in batch.Groups)
        {
            if (group.Answer is null)
            {
                group.Answer = Folding.Apply(Package, group.Before, group.Shared);
                folded++;
            }
        }

        return folded;
    }

    /// <summary>Makes a batch take effect.</summary>
    /// <param name="batch">A batch all of whose elements have answered.</param>
    /// <param name="desk">Told of every result; null for nobody.</param>
    public void Commit(Batch batch, SubmitDesk? desk)
    {
        _changed.Clear();
        foreach (ref var group in batch.Groups)
        {
            if (!ReferenceEquals(group.Answer!.State, group.Known))
            {
                _changed.Add(group.Answer.State);
            }
        }

        Table.Put(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_changed));
        Settle(batch, desk is { IsWaiting: true } ? desk : null);
        Marks.CopyFrom(batch.Marks);
        foreach (var entry in batch.Refused)
        {
            Quarantine.Add(entry);
        }

        Applied = batch.Barrier.Event is null ? batch.Through : batch.Through.Previous;
        outbox.Note(Applied);
    }

    /// <summary>Puts another package in force and takes all elements over to it.</summary>
    /// <param name="package">The package.</param>
    /// <param name="activation">Its event.</param>
    public void Activate(ModelPackage package, in PositionedEvent activation)
    {
        var position = activation.Position;
        var change = new PackageActivation(Package, package, activation.Event.Time);
        var told = new List<(ElementId Id, ImmutableArray<Effect> Effects)>();
        Table.Adopt(package, state =>
        {
            var transition = change.Apply(state, position);
            if (!transition.Effects.IsEmpty)
            {
                told.Add((state.Id, transition.Effects));
            }

            return transition.State;
        });
        Package = package;
        // In an order that does not depend on the table: a replay must number the effects alike.
        told.Sort(static (left, right) => left.Id.CompareTo(right.Id));
        var ordinal = 0;
        foreach (var (_, effects) in told)
        {
            ordinal = Send(position, effects, ordinal);
        }

        Skip(position);
    }

    /// <summary>Passes an activation by that changes nothing.</summary>
    /// <param name="position">Its place.</param>
    public void Skip(LogPosition position)
    {
        Applied = position;
        outbox.Note(position);
    }

    /// <summary>Puts an event of the log in quarantine.</summary>
    /// <param name="at">The event.</param>
    /// <param name="refusal">Why.</param>
    public void Refuse(in PositionedEvent at, Refusal refusal) => Quarantine.Add(Entry(at, refusal));

    private void Read(Batch batch, LogPosition position, ReadOnlySpan<byte> entry)
    {
        TwinEvent e;
        try
        {
            e = TwinEventCodec.Read(entry, Package, _strings);
        }
        catch (Exception mistake)
        {
            // Whatever the bytes are, they must not stop the partition: they stand in the log for good.
            batch.Refuse(Entry(position, entry, new Refusal(RefusalReason.Unreadable, $"Event {position} of partition {partition} cannot be read: {mistake.Message}", "")));
            return;
        }

        if (e.Data is ActivationData)
        {
            batch.End(position, e);
        }
        else if (MistakeIn(e, batch.Marks) is { } mistake)
        {
            batch.Refuse(Entry(position, entry, mistake));
        }
        else if (e.Cause is { } cause && !batch.Marks.Advance(cause))
        {
            batch.Skip(position);
        }
        else
        {
            batch.Add(position, e);
        }
    }

    private Refusal? MistakeIn(TwinEvent e, CauseMarks marks)
    {
        if (e.Subject.Partition(partitions) != partition)
        {
            return new Refusal(RefusalReason.WrongPartition, $"Event '{e.Id}' about {e.Subject} stands in partition {partition}; it belongs to {e.Subject.Partition(partitions)}.", "");
        }

        return e.Cause is { } cause && !marks.Knows(cause)
            ? new Refusal(RefusalReason.WrongPartition, $"Event '{e.Id}' names a cause in partition {cause.Partition}; the log has partitions 0 to {partitions - 1}.", "")
            : null;
    }

    // Effects and refusals in the order of the log, whatever the order in which the elements answered.
    private void Settle(Batch batch, SubmitDesk? desk)
    {
        batch.Rewind();
        var groups = batch.Groups;
        var events = batch.Events;
        var groupOf = batch.GroupOf;
        for (var i = 0; i < events.Length; i++)
        {
            ref var group = ref groups[groupOf[i]];
            ref readonly var result = ref group.Answer!.Results.AsSpan()[group.Length++];
            if (!result.Effects.IsDefaultOrEmpty)
            {
                Send(events[i].Position, result.Effects, 0);
            }

            if (result.Refusal is { } refusal)
            {
                Quarantine.Add(Entry(events[i], refusal));
            }

            desk?.Note(events[i], result, group.Answer.State);
        }
    }

    private int Send(LogPosition position, ImmutableArray<Effect> effects, int ordinal)
    {
        foreach (var effect in effects)
        {
            var cause = new Cause(partition, position, ordinal++);
            var derived = effect switch
            {
                DerivedEvent made => made,
                CaseRequested request => Opening(request, cause),
                _ => throw new InvalidOperationException($"The partition does not know what to do with an effect of type {effect.GetType().Name}."),
            };
            outbox.Add(cause, derived, Package);
        }

        return ordinal;
    }

    private DerivedEvent Opening(CaseRequested request, Cause cause)
    {
        var id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{request.CaseType}-{cause.Partition}-{cause.Position.Value}-{cause.Ordinal}");
        return new DerivedEvent(
            request.Element, "case-opened", request.Time, new CaseData(id, request.CaseType) { Evidence = Package.FindCaseType(request.CaseType)?.Evidence });
    }

    private QuarantineEntry Entry(in PositionedEvent at, Refusal refusal)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        TwinEventCodec.Write(at.Event, Package, bytes);
        return Entry(at.Position, bytes.WrittenSpan, refusal);
    }

    private QuarantineEntry Entry(LogPosition position, ReadOnlySpan<byte> bytes, Refusal refusal) =>
        new(position, refusal, time.GetUtcNow().ToUnixTimeMilliseconds(), [.. bytes]);
}
