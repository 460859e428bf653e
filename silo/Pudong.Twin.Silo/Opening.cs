using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Pudong.Twin.Contracts.Catalogue;
using Pudong.Twin.Contracts.Partitions;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Silo;

/// <summary>Opens the city once the silo has started: puts the shipped package in force where none is, wakes all partitions, and says so.</summary>
/// <param name="grains">Reaches catalogue and partitions.</param>
/// <param name="log">Tells the number of partitions.</param>
/// <param name="options">What the line for the operator says.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears which partitions are late.</param>
internal sealed partial class Opening(IGrainFactory grains, IEventLog log, IOptions<SiloOptions> options, TimeProvider time, ILogger<Opening> logger) : IHostedService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var package = await PackageInForce();
        await Task.WhenAll(Enumerable.Range(0, log.Partitions).Select(partition => Open(partition, cancellationToken)));
        Console.WriteLine(
            $"Pudong.Twin is open after {time.GetElapsedTime(started).TotalSeconds:0.0} s: {log.Partitions} partitions on {Storage()}, package {package}, "
            + $"Orleans gateway 127.0.0.1:{options.Value.GatewayPort} of cluster {options.Value.Cluster}. Stop it with Ctrl+C or SIGTERM.");
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine("Pudong.Twin is stopping: its partitions write their snapshots.");
        return Task.CompletedTask;
    }

    private async Task<PackageVersion> PackageInForce()
    {
        var catalogue = grains.GetGrain<ICatalogueGrain>(0);
        if ((await catalogue.List()).Active is { } active)
        {
            return active;
        }

        // Another silo may do the same at this moment: the second activation of the same version changes nothing.
        var result = await catalogue.Activate(ShippedPackages.Core.Version);
        return result.Active ?? throw new ComplaintException(result.Refusal!);
    }

    private async Task Open(int partition, CancellationToken cancellationToken)
    {
        string? told = null;
        while (true)
        {
            try
            {
                await grains.GetGrain<IPartitionGrain>(partition).WaitFor(LogPosition.Start, cancellationToken);
                return;
            }
            catch (PartitionOpeningException opening)
            {
                if (told != opening.Message)
                {
                    LogNotOpenYet(partition, told = opening.Message);
                }
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private string Storage() =>
        options.Value.Storage == StorageKind.Sqlite ? Path.GetFullPath(Path.Combine(options.Value.Data, "twin.db")) : "Azure Storage";

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Partition {Partition} is not open yet. {Reason}")]
    private partial void LogNotOpenYet(int partition, string reason);
}
