using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Grains.Packages;
using Pudong.Twin.Grains.Placement;
using Pudong.Twin.Grains.Tables;

namespace Pudong.Twin.Grains.Partitions;

/// <summary>What all partitions of a silo work with.</summary>
/// <param name="Log">The event log.</param>
/// <param name="Shelf">The packages.</param>
/// <param name="Board">Where partitions publish.</param>
/// <param name="Homes">Where partitions live.</param>
/// <param name="Gates">What partitions share.</param>
/// <param name="Storage">Where chunks of snapshots are kept.</param>
/// <param name="Services">Finds what answers questions.</param>
/// <param name="Options">The bounds.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">The partitions' log of the process.</param>
public sealed record PartitionParts(
    IEventLog Log,
    IPackageShelf Shelf,
    CityBoard Board,
    PartitionHomes Homes,
    SiloGates Gates,
    [FromKeyedServices(PartitionParts.StorageName)] IGrainStorage Storage,
    IServiceProvider Services,
    IOptions<PartitionOptions> Options,
    TimeProvider Time,
    ILogger<PartitionGrain> Logger)
{
    /// <summary>The name of the grain storage that holds snapshots.</summary>
    public const string StorageName = "twin";
}
