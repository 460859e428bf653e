using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Pudong.Twin.Grains.Elements;
using Pudong.Twin.Grains.Partitions;
using Pudong.Twin.Grains.Placement;
using Pudong.Twin.Grains.Tables;

namespace Orleans.Hosting;

/// <summary>Registers partitions and elements.</summary>
public static class PartitionHosting
{
    /// <summary>Lets partitions and elements live on a silo.</summary>
    /// <remarks>It needs an <c>IEventLog</c>, an <c>IPackageShelf</c>, a grain storage named <c>twin</c> and the stream provider <c>events</c>.</remarks>
    /// <param name="builder">The silo.</param>
    /// <param name="configure">Changes the options after the configuration section <c>Twin:Partitions</c> was read.</param>
    public static ISiloBuilder AddTwinPartitions(this ISiloBuilder builder, Action<PartitionOptions>? configure = null)
    {
        builder.Services.AddOptionsWithValidateOnStart<PartitionOptions, PartitionOptionsValidator>()
            .BindConfiguration("Twin:Partitions").Configure(configure ?? (_ => { }));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<CityBoard>();
        builder.Services.AddSingleton<SiloGates>();
        builder.Services.AddSingleton<PartitionHomes>();
        builder.Services.AddSingleton<PartitionParts>();
        builder.Services.AddSingleton<ElementParts>();
        builder.AddPlacementDirector<BesidePartition, BesidePartitionDirector>();
        builder.AddPlacementDirector<SpreadPartitions, SpreadPartitionsDirector>();
        return builder;
    }
}
