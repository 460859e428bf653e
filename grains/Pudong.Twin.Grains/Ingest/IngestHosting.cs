using Microsoft.Extensions.DependencyInjection;
using Pudong.Twin.Grains.Ingest;

namespace Orleans.Hosting;

/// <summary>Registers the intake of events.</summary>
public static class IngestHosting
{
    /// <summary>Lets a silo take events in from outside.</summary>
    /// <remarks>It needs an <c>IEventLog</c>, an <c>IPackageShelf</c>, the catalogue and a <see cref="TimeProvider"/>.</remarks>
    /// <param name="builder">The silo.</param>
    /// <param name="configure">Changes the options after the configuration section <c>Twin:Ingest</c> was read.</param>
    public static ISiloBuilder AddTwinIngest(this ISiloBuilder builder, Action<IngestOptions>? configure = null)
    {
        builder.Services.AddOptionsWithValidateOnStart<IngestOptions, IngestOptionsValidator>()
            .BindConfiguration("Twin:Ingest").Configure(configure ?? (_ => { }));
        builder.Services.AddSingleton<PackageInForce>();
        builder.Services.AddSingleton<EventIntake>();
        return builder;
    }
}
