using System.Collections.Concurrent;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Grains.Packages;

namespace Pudong.Twin.Grains.Tests;

/// <summary>A shelf that holds what a test puts there.</summary>
public sealed class TestShelf : IPackageShelf
{
    private readonly ConcurrentDictionary<PackageVersion, ModelPackage> _packages = [];

    /// <summary>Puts a package on the shelf.</summary>
    /// <param name="package">The package.</param>
    public void Put(ModelPackage package) => _packages[package.Version] = package;

    /// <inheritdoc/>
    public ValueTask<ModelPackage> Get(PackageVersion version, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Find(version) ?? throw new KeyNotFoundException($"There is no package {version}."));

    /// <inheritdoc/>
    public ModelPackage? Find(PackageVersion version) => _packages.GetValueOrDefault(version);
}
