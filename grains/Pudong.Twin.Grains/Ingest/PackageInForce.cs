using Microsoft.Extensions.Options;
using Pudong.Twin.Contracts.Catalogue;
using Pudong.Twin.Contracts.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Grains.Packages;

namespace Pudong.Twin.Grains.Ingest;

/// <summary>The package that events from outside are checked against, as this silo knows it.</summary>
/// <remarks>It may be old for a moment. That is harmless: events name what they name by stable numbers, and the partition reads them under the package of its log.</remarks>
/// <param name="grains">Reaches the catalogue.</param>
/// <param name="shelf">The compiled packages.</param>
/// <param name="options">How old it may be.</param>
/// <param name="time">The clock.</param>
public sealed class PackageInForce(IGrainFactory grains, IPackageShelf shelf, IOptions<IngestOptions> options, TimeProvider time)
{
    private volatile Known? _known;

    /// <summary>The package, asked for anew when what is known is too old.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="IngestException">No package is in force yet.</exception>
    public ValueTask<ModelPackage> Get(CancellationToken cancellationToken) =>
        _known is { } known && time.GetElapsedTime(known.Since) < options.Value.PackageAge ? ValueTask.FromResult(known.Package) : Ask(cancellationToken);

    /// <summary>The package, asked for anew.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="IngestException">No package is in force yet.</exception>
    public async ValueTask<ModelPackage> Ask(CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        var view = await grains.GetGrain<ICatalogueGrain>(0).List();
        if (view.Active is not { } version)
        {
            throw new IngestException("No model package is in force yet, so events cannot be checked; try again once the silo says that it is open.", busy: false);
        }

        var package = await shelf.Get(version, cancellationToken);
        _known = new Known(package, since);
        return package;
    }

    private sealed record Known(ModelPackage Package, long Since);
}
