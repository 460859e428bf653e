using Orleans.Placement;
using Orleans.Runtime.Placement;
using Pudong.Twin.Contracts.Elements;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Grains.Placement;

/// <summary>Places an element on the silo of its partition, so that states travel by reference.</summary>
[GenerateSerializer, Immutable, Alias("pudong.beside-partition")]
public sealed class BesidePartition : PlacementStrategy;

/// <summary>Marks grain classes whose grains are elements and live beside their partition.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BesidePartitionAttribute() : PlacementAttribute(new BesidePartition());

/// <summary>Asks the partition where it lives, once until the membership changes.</summary>
internal sealed class BesidePartitionDirector(PartitionHomes homes, IEventLog log) : IPlacementDirector
{
    /// <inheritdoc/>
    public async Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        if (IPlacementDirector.GetPlacementHint(target.RequestContextData, silos) is { } hint)
        {
            return hint;
        }

        var partition = ElementGrainIds.ElementOf(target.GrainIdentity).Partition(log.Partitions);
        var home = await homes.Of(partition);
        // A silo that has just gone: its partition comes up elsewhere, and the element follows later.
        return silos.Contains(home) ? home : PartitionHomes.Chosen(partition, silos);
    }
}
