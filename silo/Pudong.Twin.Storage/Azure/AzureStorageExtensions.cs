using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration.Internal;
using Orleans.Messaging;
using Orleans.Runtime.Hosting;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Storage.Azure.Logs;
using Pudong.Twin.Storage.Azure.Membership;
using Pudong.Twin.Storage.Azure.States;
using Pudong.Twin.Storage.States;

namespace Orleans.Hosting;

/// <summary>Adds the storages that live in Azure Storage. Without a setting each of them uses Azurite on this machine.</summary>
public static class AzureStorageExtensions
{
    /// <summary>Adds the event log in append blobs. The silo does not start when the storage does not answer, refuses, or holds another number of partitions.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="configure">Changes what <c>Twin:AzureEventLog</c> says.</param>
    public static ISiloBuilder AddTwinAzureEventLog(this ISiloBuilder builder, Action<AzureEventLogOptions>? configure = null)
    {
        builder.Services.AddOptionsWithValidateOnStart<AzureEventLogOptions, AzureEventLogOptionsValidator>()
            .BindConfiguration(AzureEventLogOptions.Section).Configure(configure ?? (_ => { }));
        // Polling and retrying go by real time, also where a test has set the grains' clock.
        builder.Services.AddSingleton(services => new AzureEventLog(
            services.GetRequiredService<IOptions<AzureEventLogOptions>>().Value, TimeProvider.System, services.GetRequiredService<ILogger<AzureEventLog>>()));
        builder.Services.AddSingleton<IEventLog>(services => services.GetRequiredService<AzureEventLog>());
        builder.Services.AddFromExisting<ILifecycleParticipant<ISiloLifecycle>, AzureEventLog>();
        return builder;
    }

    /// <summary>Adds the grain storage in blobs.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="name">The name under which grains ask for it.</param>
    /// <param name="configure">Changes what <c>Twin:AzureGrainStorage</c> says.</param>
    public static ISiloBuilder AddTwinAzureBlobGrainStorage(this ISiloBuilder builder, string name, Action<AzureBlobGrainStorageOptions>? configure = null)
    {
        builder.Services.AddOptionsWithValidateOnStart<AzureBlobGrainStorageOptions, AzureBlobGrainStorageOptionsValidator>(name)
            .BindConfiguration(AzureBlobGrainStorageOptions.Section).Configure(configure ?? (_ => { }));
        builder.Services.AddStateCodec();
        builder.Services.AddGrainStorage(name, (services, _) => new AzureBlobGrainStorage(
            name,
            services.GetRequiredService<IOptionsMonitor<AzureBlobGrainStorageOptions>>().Get(name),
            services.GetRequiredService<StateCodec>(),
            services.GetRequiredService<ILogger<AzureBlobGrainStorage>>()));
        return builder;
    }

    /// <summary>Lets silos find each other in an Azure table.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="configure">Changes what <c>Twin:AzureClustering</c> says.</param>
    public static ISiloBuilder UseTwinAzureTableClustering(this ISiloBuilder builder, Action<AzureTableClusteringOptions>? configure = null)
    {
        builder.Services.AddClusteringOptions(configure);
        builder.Services.AddSingleton<IMembershipTable, AzureMembershipTable>();
        return builder;
    }

    /// <summary>Lets a client find the silos' gateways in the Azure table that the silos find each other by.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configure">Changes what <c>Twin:AzureClustering</c> says.</param>
    public static IClientBuilder UseTwinAzureTableClustering(this IClientBuilder builder, Action<AzureTableClusteringOptions>? configure = null)
    {
        builder.Services.AddClusteringOptions(configure);
        builder.Services.AddSingleton<IGatewayListProvider, AzureGatewayListProvider>();
        return builder;
    }

    private static void AddClusteringOptions(this IServiceCollection services, Action<AzureTableClusteringOptions>? configure) =>
        services.AddOptionsWithValidateOnStart<AzureTableClusteringOptions, AzureTableClusteringOptionsValidator>()
            .BindConfiguration(AzureTableClusteringOptions.Section).Configure(configure ?? (_ => { }));
}
