using System.Collections.Immutable;
using Pudong.Twin.Contracts.Changes;
using Pudong.Twin.Contracts.Partitions;
using Pudong.Twin.Contracts.Queries;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Grains.Partitions;

/// <summary>The watchers of a partition. Costs nothing while there is none.</summary>
internal sealed class WatcherList(int partition, int limit)
{
    private readonly List<Watcher> _watchers = [];

    /// <summary>How many watch.</summary>
    public int Count => _watchers.Count;

    /// <summary>Begins to tell an observer; one that watches already begins anew.</summary>
    /// <exception cref="QueryRefusedException">The selection does not fit the package.</exception>
    /// <exception cref="PartitionBusyException">As many watch as are allowed.</exception>
    public void Add(IChangeObserver observer, WatchRequest request, ModelPackage package, LogPosition from)
    {
        var matcher = new ChangeMatcher(package, request.Selection);
        Remove(observer);
        _watchers.RemoveAll(static watcher => watcher.Dropped);
        if (_watchers.Count >= limit)
        {
            throw new PartitionBusyException($"{limit} watch partition {partition} already, as many as Twin:Partitions:WatcherLimit allows; try again later.");
        }

        _watchers.Add(new Watcher(partition, observer, request, matcher, from));
    }

    /// <summary>Ends the telling.</summary>
    public void Remove(IChangeObserver observer) => _watchers.RemoveAll(watcher => watcher.Observer.Equals(observer));

    /// <summary>Tells of a batch.</summary>
    /// <param name="batch">A batch that was committed.</param>
    /// <param name="package">The package in force.</param>
    public void Tell(Batch batch, ModelPackage package)
    {
        var changes = ImmutableArray.CreateBuilder<ElementChanged>();
        var facts = new ElementChanged?[batch.Touched];
        foreach (var watcher in _watchers)
        {
            changes.Clear();
            for (var i = 0; i < facts.Length && !watcher.Dropped; i++)
            {
                ref readonly var group = ref batch.Groups[i];
                var after = group.Answer!.State;
                if (after.Revision != group.Before.Revision && watcher.Matcher.Of(group.Before, after, after.Clock) is { } match)
                {
                    var fact = facts[i] ??= FactOf(group, package);
                    changes.Add(fact.Match == match ? fact : fact with { Match = match });
                }
            }

            if (changes.Count > 0)
            {
                watcher.Tell(new ChangeBatch(partition, batch.Through, changes.ToImmutable()));
            }
        }

        _watchers.RemoveAll(static watcher => watcher.Dropped);
    }

    /// <summary>Binds all selections to another package; those that no longer fit are dropped.</summary>
    public void Rebind(ModelPackage package)
    {
        foreach (var watcher in _watchers)
        {
            try
            {
                watcher.Matcher = new ChangeMatcher(package, watcher.Request.Selection);
            }
            catch (QueryRefusedException)
            {
                watcher.Drop();
            }
        }

        _watchers.RemoveAll(static watcher => watcher.Dropped);
    }

    /// <summary>Tells all that they are told no more.</summary>
    public void DropAll()
    {
        foreach (var watcher in _watchers)
        {
            watcher.Drop();
        }

        _watchers.Clear();
    }

    private static ElementChanged FactOf(in Batch.Group group, ModelPackage package)
    {
        var (before, after) = (group.Before, group.Answer!.State);
        var time = after.Clock;
        return new ElementChanged(
            after.Id, after.Revision, Match.Stayed, time, TypesOf(group), Score(package, before, time), Score(package, after, time), before.Risk.Band, after.Risk.Band, after);
    }

    private static ImmutableArray<string> TypesOf(in Batch.Group group)
    {
        var types = ImmutableArray.CreateBuilder<string>(group.Events.Length);
        for (var i = 0; i < group.Events.Length; i++)
        {
            if (group.Answer!.Results[i].Outcome == Outcome.Applied)
            {
                types.Add(group.Events[i].Event.Type);
            }
        }

        return types.DrainToImmutable();
    }

    private static double Score(ModelPackage package, ElementState state, long time) => 100 * ElementRisk.RiskAt(package, state, time);
}
