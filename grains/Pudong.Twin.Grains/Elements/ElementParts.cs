using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Grains.Packages;
using Pudong.Twin.Grains.Placement;
using Pudong.Twin.Grains.Tables;

namespace Pudong.Twin.Grains.Elements;

/// <summary>What all elements of a silo work with: one object, so that an activation costs little more than its state.</summary>
/// <param name="log">Tells the number of partitions.</param>
/// <param name="shelf">The packages.</param>
/// <param name="board">What the partitions of this silo publish.</param>
/// <param name="homes">Where partitions live.</param>
/// <param name="silo">This silo.</param>
/// <param name="time">The clock.</param>
public sealed class ElementParts(IEventLog log, IPackageShelf shelf, CityBoard board, PartitionHomes homes, ILocalSiloDetails silo, TimeProvider time)
{
    private ModelPackage? _package;

    internal int Partitions => log.Partitions;

    internal CityBoard Board => board;

    internal PartitionHomes Homes => homes;

    internal SiloAddress Silo => silo.SiloAddress;

    internal TimeProvider Time => time;

    /// <summary>A package, without waiting when it is the one that was asked for last.</summary>
    /// <param name="version">Its version.</param>
    internal ValueTask<ModelPackage> Package(PackageVersion version)
    {
        var last = _package;
        return last is not null && last.Version == version ? ValueTask.FromResult(last) : Fetch(version);
    }

    private async ValueTask<ModelPackage> Fetch(PackageVersion version) => _package = await shelf.Get(version);
}
