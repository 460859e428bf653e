using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace Pudong.Twin.Grains.Placement;

/// <summary>Spreads partitions evenly over the silos, and always in the same way over the same silos.</summary>
[GenerateSerializer, Immutable, Alias("pudong.spread-partitions")]
public sealed class SpreadPartitions : PlacementStrategy;

/// <summary>Marks the partition grain.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SpreadPartitionsAttribute() : PlacementAttribute(new SpreadPartitions());

/// <summary>Chooses by rendezvous hashing (<see cref="PartitionHomes.Chosen"/>).</summary>
internal sealed class SpreadPartitionsDirector : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        return Task.FromResult(
            IPlacementDirector.GetPlacementHint(target.RequestContextData, silos)
            ?? PartitionHomes.Chosen((int)target.GrainIdentity.GetIntegerKey(), silos));
    }
}
