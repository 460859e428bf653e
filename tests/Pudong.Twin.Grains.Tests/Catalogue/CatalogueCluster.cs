using Pudong.Twin.Contracts.Catalogue;
using Pudong.Twin.Contracts.Events;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Grains.Tests.Catalogue;

/// <summary>A silo with catalogue and intake, in whose logs nothing stands yet.</summary>
/// <param name="pause">How long the catalogue waits before it goes on with an activation.</param>
public sealed class CatalogueCluster(TimeSpan pause) : TwinCluster(
    partitions: 4, configure: silo => silo.AddTwinPackages(options => options.RetryPause = pause).AddTwinIngest())
{
    /// <summary>The version that the product ships.</summary>
    public static PackageVersion Core => ShippedPackages.Core.Version;

    /// <summary>The catalogue.</summary>
    public ICatalogueGrain Catalogue => Grains.GetGrain<ICatalogueGrain>(0);

    /// <summary>The intake.</summary>
    public IIngestGrain Ingest => Grains.GetGrain<IIngestGrain>(0);

    /// <inheritdoc/>
    protected override bool Activated => false;

    /// <summary>Starts one.</summary>
    /// <param name="pause">How long the catalogue waits before it goes on with an activation; hardly at all when null.</param>
    public static async Task<CatalogueCluster> Start(TimeSpan? pause = null)
    {
        var cluster = new CatalogueCluster(pause ?? TimeSpan.FromMilliseconds(20));
        await cluster.InitializeAsync();
        return cluster;
    }
}
