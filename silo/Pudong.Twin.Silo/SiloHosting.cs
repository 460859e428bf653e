using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Pudong.Twin.Grains.Partitions;

namespace Pudong.Twin.Silo;

/// <summary>The decisions that <c>Program.cs</c> lists, spelt out.</summary>
internal static class SiloHosting
{
    /// <summary>Ids that the grain directory of a silo keeps; a city of 1.6 million elements fits in with room to spare.</summary>
    private const int DirectoryCacheSize = 4_000_000;

    /// <summary>Reads the silo's own options, which decide what else is registered, and has them validated before the silo opens.</summary>
    /// <param name="builder">The process.</param>
    /// <exception cref="ComplaintException">The storage is none that there is.</exception>
    /// <exception cref="OptionsValidationException">A value is out of range.</exception>
    public static SiloOptions AddSiloOptions(this IHostApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection("Twin");
        if (section["Storage"] is { } storage && !(Enum.TryParse<StorageKind>(storage, ignoreCase: true, out var kind) && Enum.IsDefined(kind)))
        {
            throw new ComplaintException($"There is no storage '{storage}' (Twin:Storage); expected sqlite or azure.");
        }

        builder.Services.AddOptionsWithValidateOnStart<SiloOptions, SiloOptionsValidator>().BindConfiguration("Twin");
        var options = section.Get<SiloOptions>() ?? new SiloOptions();
        // Orleans looks at the ports while it is being configured, before any validation at start.
        return new SiloOptionsValidator().Validate(null, options) is { Failed: true, Failures: var failures }
            ? throw new OptionsValidationException("Twin", typeof(SiloOptions), failures)
            : options;
    }

    /// <summary>Logs to the console in single lines: what the city says, and of the frameworks what is wrong.</summary>
    /// <param name="logging">The process's logging.</param>
    public static void AddTwinConsole(this ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
        logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Pudong", LogLevel.Information);
        // 64 lines at each start; the line that says that the city is open sums them up.
        logging.AddFilter("Pudong.Twin.Grains.Partitions", LogLevel.Warning);
        // Advice to use the server collector, and a first look at the clock that takes the time since the machine's start for a pause.
        logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error).AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        // Why the start failed is told by Program.cs, once and in one sentence.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    }

    /// <summary>Makes the silo a city of its own on SQLite, and on Azure one of those that share the membership table.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="options">Storage, ports and cluster.</param>
    public static ISiloBuilder UseTwinMembership(this ISiloBuilder silo, SiloOptions options)
    {
        silo.Configure<GrainDirectoryOptions>(directory => directory.CacheSize = DirectoryCacheSize);
        if (options.Storage == StorageKind.Sqlite)
        {
            return silo.UseLocalhostClustering(options.SiloPort, options.GatewayPort, primarySiloEndpoint: null, options.Cluster, options.Cluster);
        }

        return silo
            .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.Cluster, options.Cluster))
            .ConfigureEndpoints(IPAddress.Loopback, options.SiloPort, options.GatewayPort)
            .UseTwinAzureTableClustering();
    }

    /// <summary>Adds the event log and the grain storage.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="options">Which storage, and the folder of SQLite.</param>
    public static ISiloBuilder AddTwinStorage(this ISiloBuilder silo, SiloOptions options)
    {
        if (options.Storage == StorageKind.Sqlite)
        {
            return silo.AddTwinSqliteStorage(PartitionParts.StorageName, sqlite => sqlite.Path = Path.Combine(options.Data, "twin.db"));
        }

        silo.AddTwinAzureEventLog().AddTwinAzureBlobGrainStorage(PartitionParts.StorageName);
        silo.Services.AddHostedService<AzureCheck>();
        return silo;
    }
}
