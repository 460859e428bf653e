using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Pudong.Twin.Silo.Tests.Hosting;

/// <summary>An Orleans client of one silo, as an application beside the silo has it.</summary>
internal sealed class SiloClient : IAsyncDisposable
{
    private readonly IHost _host;

    private SiloClient(IHost host) => _host = host;

    /// <summary>Reaches the grains.</summary>
    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Connects.</summary>
    /// <param name="silo">An open silo.</param>
    public static async Task<SiloClient> Connect(SiloProcess silo)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => client.UseLocalhostClustering(silo.Gateway, "pudong-twin", "pudong-twin"));
        var host = builder.Build();
        await host.StartAsync().WaitAsync(SiloProcess.Patience);
        return new SiloClient(host);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // The silo may be gone; then there is nobody to say goodbye to.
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _host.StopAsync(soon.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _host.Dispose();
    }
}
