using System.Collections.Immutable;
using Pudong.Twin.Contract;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Events.Coding;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Grains.Tests;

/// <summary>What the city must be, folded from its logs without a partition, a grain, a batch or a mark: event by event, each derived one once.</summary>
internal sealed class ReferenceFold
{
    private readonly Dictionary<ElementId, ElementState>[] _states;

    private ReferenceFold(int partitions)
    {
        _states = [.. Enumerable.Range(0, partitions).Select(_ => new Dictionary<ElementId, ElementState>())];
        Heads = new LogPosition[partitions];
    }

    /// <summary>The position up to which each partition was folded.</summary>
    public LogPosition[] Heads { get; }

    /// <summary>The causes of all effects that folding made.</summary>
    public SortedSet<string> Made { get; } = [];

    /// <summary>The causes of all derived events that the logs hold.</summary>
    public SortedSet<string> Met { get; } = [];

    /// <summary>Derived events that stand in a log more than once.</summary>
    public int Repeats { get; private set; }

    /// <summary>Folds all logs to their heads.</summary>
    public static async Task<ReferenceFold> Over(InMemoryEventLog log, TestShelf shelf, CancellationToken cancellationToken)
    {
        var fold = new ReferenceFold(log.Partitions);
        for (var partition = 0; partition < log.Partitions; partition++)
        {
            await fold.Take(log, partition, shelf, cancellationToken);
        }

        return fold;
    }

    /// <summary>The state hash of a partition.</summary>
    public StateHash Hash(int partition) => StateHash.Of(_states[partition].Values);

    /// <summary>The state of an element.</summary>
    public ElementState Of(ElementId id) => _states[id.Partition(_states.Length)].GetValueOrDefault(id) ?? ElementState.Unknown(id);

    private async Task Take(InMemoryEventLog log, int partition, TestShelf shelf, CancellationToken cancellationToken)
    {
        var package = new ModelPackage(new PackageContent(new PackageVersion("none", 0)));
        var seen = new HashSet<Cause>();
        var position = LogPosition.Start;
        foreach (var block in log.Archive(partition))
        {
            foreach (var e in Decode(block, () => package))
            {
                position = position.Next;
                if (e?.Data is ActivationData activation)
                {
                    var next = await shelf.Get(activation.Package, cancellationToken);
                    Adopt(package, next, e.Time, partition, position);
                    package = next;
                }
                else if (e is not null)
                {
                    Apply(package, e, partition, position, seen);
                }
            }
        }

        Heads[partition] = position;
    }

    private void Adopt(ModelPackage before, ModelPackage after, long time, int partition, LogPosition position)
    {
        var change = new PackageActivation(before, after, time);
        var ordinal = 0;
        foreach (var id in _states[partition].Keys.Order().ToArray())
        {
            var transition = change.Apply(_states[partition][id], position);
            _states[partition][id] = transition.State;
            foreach (var effect in transition.Effects)
            {
                Made.Add($"{partition}-{position}-{ordinal++} {TargetOf(effect)}");
            }
        }
    }

    private void Apply(ModelPackage package, TwinEvent e, int partition, LogPosition position, HashSet<Cause> seen)
    {
        if (e.Cause is { } cause)
        {
            Met.Add($"{cause.Partition}-{cause.Position}-{cause.Ordinal} {e.Subject}");
            if (!seen.Add(cause))
            {
                Repeats++;
                return;
            }
        }

        var transition = Kernel.Apply(package, _states[partition].GetValueOrDefault(e.Subject) ?? ElementState.Unknown(e.Subject), e, position);
        _states[partition][e.Subject] = transition.State;
        var ordinal = 0;
        foreach (var effect in transition.Effects)
        {
            Made.Add($"{partition}-{position}-{ordinal++} {TargetOf(effect)}");
        }
    }

    private static ElementId TargetOf(Effect effect) => effect switch
    {
        DerivedEvent derived => derived.Target,
        CaseRequested request => request.Element,
        _ => throw new InvalidOperationException($"Effects of type {effect.GetType().Name} are new; say here whom they reach."),
    };

    // One at a time: an activation in the middle of a block changes how the rest is read.
    private static IEnumerable<TwinEvent?> Decode(EventBlock block, Func<ModelPackage> package)
    {
        var entries = new List<byte[]>();
        foreach (var entry in block.Entries)
        {
            entries.Add(entry.ToArray());
        }

        foreach (var entry in entries)
        {
            yield return Decode(entry, package());
        }
    }

    private static TwinEvent? Decode(byte[] entry, ModelPackage package)
    {
        try
        {
            return TwinEventCodec.Read(entry, package, new EventStrings(1));
        }
        catch (EventFormatException)
        {
            return null;
        }
    }
}
