using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Logs;

/// <summary>Opens the event log before the silo starts, so that a store that cannot be used stops the process and not the first grain that wants it.</summary>
/// <param name="services">Where the log is registered.</param>
internal sealed class OpenLogAtStart(IServiceProvider services) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<IEventLog>();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
