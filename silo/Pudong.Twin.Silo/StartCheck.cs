using Microsoft.Extensions.Hosting;

namespace Pudong.Twin.Silo;

/// <summary>Looks at one thing before any service of the process starts.</summary>
internal abstract class StartCheck : IHostedLifecycleService
{
    /// <summary>Looks; throws a sentence for the operator when something is not right.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public abstract Task StartingAsync(CancellationToken cancellationToken);

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
