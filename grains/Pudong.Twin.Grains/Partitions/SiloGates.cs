using Microsoft.Extensions.Options;

namespace Pudong.Twin.Grains.Partitions;

/// <summary>What the partitions of a silo share so that together they keep within bounds.</summary>
public sealed class SiloGates(IOptions<PartitionOptions> options) : IDisposable
{
    /// <summary>One permit for each element that is being woken.</summary>
    public SemaphoreSlim Waking { get; } = new(options.Value.WakeLimit);

    /// <summary>One permit for each snapshot that is being written.</summary>
    public SemaphoreSlim Snapshots { get; } = new(options.Value.SnapshotsAtOnce);

    /// <summary>One permit for each partition that recovers.</summary>
    public SemaphoreSlim Recoveries { get; } = new(options.Value.RecoveriesAtOnce);

    /// <inheritdoc/>
    public void Dispose()
    {
        Waking.Dispose();
        Snapshots.Dispose();
        Recoveries.Dispose();
    }
}
