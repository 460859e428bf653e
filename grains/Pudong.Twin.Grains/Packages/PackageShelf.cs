using Microsoft.Extensions.Options;
using Pudong.Twin.Contracts.Catalogue;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Grains.Packages;

/// <summary>Compiles each package once a silo, from the files that the catalogue gives for it.</summary>
/// <remarks>The catalogue keeps what was ever in force and gives the shipped files for the rest: so a city goes on under its package when the product ships a newer one.</remarks>
/// <param name="grains">Reaches the catalogue.</param>
/// <param name="options">The bound.</param>
public sealed class PackageShelf(IGrainFactory grains, IOptions<PackageShelfOptions> options) : IPackageShelf
{
    private readonly Lock _gate = new();
    private readonly Dictionary<PackageVersion, Task<ModelPackage>> _packages = [];
    private readonly List<PackageVersion> _byUse = [];

    /// <inheritdoc/>
    public async ValueTask<ModelPackage> Get(PackageVersion version, CancellationToken cancellationToken = default)
    {
        var fetching = Fetching(version);
        try
        {
            return await fetching.WaitAsync(cancellationToken);
        }
        catch when (fetching.IsFaulted)
        {
            // The catalogue may answer next time, and the package may be put meanwhile.
            Forget(version, fetching);
            throw;
        }
    }

    /// <inheritdoc/>
    public ModelPackage? Find(PackageVersion version)
    {
        lock (_gate)
        {
            return _packages.GetValueOrDefault(version) is { IsCompletedSuccessfully: true } known ? known.Result : null;
        }
    }

    private Task<ModelPackage> Fetching(PackageVersion version)
    {
        lock (_gate)
        {
            _byUse.Remove(version);
            _byUse.Add(version);
            if (_packages.TryGetValue(version, out var known))
            {
                return known;
            }

            if (_byUse.Count > options.Value.Kept)
            {
                _packages.Remove(_byUse[0]);
                _byUse.RemoveAt(0);
            }

            // Many partitions open at the same time and share what the first of them began.
            return _packages[version] = Fetch(version);
        }
    }

    private void Forget(PackageVersion version, Task<ModelPackage> failed)
    {
        lock (_gate)
        {
            if (_packages.GetValueOrDefault(version) == failed)
            {
                _packages.Remove(version);
                _byUse.Remove(version);
            }
        }
    }

    private Task<ModelPackage> Fetch(PackageVersion version) => Task.Run(async () =>
    {
        var sources = new Dictionary<PackageVersion, PackageSource>();
        await Add(sources, version);
        while (true)
        {
            PackageVersion? missing = null;
            var result = PackageReader.Read(sources[version], wanted => sources.GetValueOrDefault(wanted) ?? NoteMissing(wanted, ref missing));
            if (missing is { } below)
            {
                // What it builds on is only known by reading it; the reader's own bound on layers ends this.
                await Add(sources, below);
                continue;
            }

            return result.Package ?? throw new InvalidDataException($"Package {version} has {result.Errors.Length} errors, the first: {result.Errors[0]}");
        }
    });

    private static PackageSource? NoteMissing(PackageVersion wanted, ref PackageVersion? missing)
    {
        missing ??= wanted;
        return null;
    }

    private async Task Add(Dictionary<PackageVersion, PackageSource> sources, PackageVersion version)
    {
        var files = await grains.GetGrain<ICatalogueGrain>(0).Sources(version);
        sources[version] = files.IsEmpty
            ? throw new KeyNotFoundException($"There is no package {version}; put it into the catalogue.")
            : new PackageSource(files);
    }
}
