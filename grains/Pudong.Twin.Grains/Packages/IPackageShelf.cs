using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Grains.Packages;

/// <summary>The compiled model packages of this silo.</summary>
public interface IPackageShelf
{
    /// <summary>A package that was put or is shipped.</summary>
    /// <param name="version">Name and version.</param>
    /// <param name="cancellationToken">Stops waiting for the catalogue.</param>
    /// <exception cref="KeyNotFoundException">There is no such package; the message names it.</exception>
    ValueTask<ModelPackage> Get(PackageVersion version, CancellationToken cancellationToken = default);

    /// <summary>A package that this silo has already met, without waiting.</summary>
    /// <param name="version">Name and version.</param>
    /// <returns>The package; null when <see cref="Get"/> has to fetch it first.</returns>
    ModelPackage? Find(PackageVersion version);
}
