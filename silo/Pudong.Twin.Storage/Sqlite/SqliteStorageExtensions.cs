using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime.Hosting;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Storage.Logs;
using Pudong.Twin.Storage.Sqlite;
using Pudong.Twin.Storage.States;

namespace Orleans.Hosting;

/// <summary>Adds the storages that live in one SQLite file.</summary>
public static class SqliteStorageExtensions
{
    /// <summary>Adds event log and grain storage in one SQLite file.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="name">The name under which grains ask for the grain storage.</param>
    /// <param name="configure">Changes what <c>Twin:Sqlite</c> says.</param>
    public static ISiloBuilder AddTwinSqliteStorage(this ISiloBuilder builder, string name, Action<SqliteStorageOptions>? configure = null) =>
        builder.AddTwinSqliteEventLog(configure).AddTwinSqliteGrainStorage(name);

    /// <summary>Adds the event log alone; any <c>IGrainStorage</c> may then be registered beside it.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="configure">Changes what <c>Twin:Sqlite</c> says.</param>
    public static ISiloBuilder AddTwinSqliteEventLog(this ISiloBuilder builder, Action<SqliteStorageOptions>? configure = null)
    {
        builder.Services.AddStore(configure);
        builder.Services.AddSingleton<SqliteEventLog>(services => OpenLog(services));
        builder.Services.AddSingleton<IEventLog>(services => services.GetRequiredService<SqliteEventLog>());
        builder.Services.AddHostedService<OpenLogAtStart>();
        return builder;
    }

    /// <summary>Adds the grain storage alone; it shares the file with the event log where both are added.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="name">The name under which grains ask for it.</param>
    /// <param name="configure">Changes what <c>Twin:Sqlite</c> says.</param>
    public static ISiloBuilder AddTwinSqliteGrainStorage(this ISiloBuilder builder, string name, Action<SqliteStorageOptions>? configure = null)
    {
        builder.Services.AddStore(configure);
        builder.Services.AddStateCodec();
        builder.Services.AddGrainStorage(name, (services, _) => new SqliteGrainStorage(
            services.GetRequiredService<SqliteStore>(),
            services.GetRequiredService<StateCodec>(),
            services.GetRequiredService<ILogger<SqliteGrainStorage>>()));
        return builder;
    }

    private static void AddStore(this IServiceCollection services, Action<SqliteStorageOptions>? configure)
    {
        services.AddOptionsWithValidateOnStart<SqliteStorageOptions, SqliteStorageOptionsValidator>()
            .BindConfiguration("Twin:Sqlite").Configure(configure ?? (_ => { }));
        services.TryAddSingleton(provider => new SqliteStore(
            provider.GetRequiredService<IOptions<SqliteStorageOptions>>().Value,
            provider.GetRequiredService<ILogger<SqliteStore>>()));
    }

    private static SqliteEventLog OpenLog(IServiceProvider services)
    {
        try
        {
            return new SqliteEventLog(services.GetRequiredService<SqliteStore>(), services.GetRequiredService<ILogger<SqliteEventLog>>());
        }
        catch (SqliteStoreException fault)
        {
            throw LogFaults.Of(fault);
        }
    }
}
