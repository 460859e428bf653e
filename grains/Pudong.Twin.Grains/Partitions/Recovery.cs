using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Pudong.Twin.Contracts.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Grains.Packages;
using Pudong.Twin.Grains.Partitions.Snapshots;

namespace Pudong.Twin.Grains.Partitions;

/// <summary>Opens a partition: the newest sound snapshot, then the tail of the log, folded directly. No grain is called, no element wakes.</summary>
internal sealed partial class Recovery(
    int partition, IEventLog log, IPackageShelf shelf, SnapshotStore store, Func<PartitionContent> fresh, Outbox outbox, PartitionOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>The snapshots that turned out to be damaged.</summary>
    public ImmutableArray<SnapshotGeneration> Damaged { get; private set; } = [];

    /// <summary>Recovers, off the turn of any grain.</summary>
    /// <param name="generations">The complete snapshots, the newest first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SnapshotDamagedException">All snapshots are damaged.</exception>
    /// <exception cref="EventLogTrimmedException">The log no longer reaches back to the snapshot.</exception>
    public async Task<PartitionContent> Run(ImmutableArray<SnapshotGeneration> generations, CancellationToken cancellationToken)
    {
        var content = await ReadNewest(generations, cancellationToken);
        var from = content.Applied;
        var batch = new Batch(log.Partitions);
        while (!await TryFoldTail(content, batch, cancellationToken))
        {
            await Task.Delay(options.RetryPause, time, cancellationToken);
        }

        LogRecovered(partition, content.Applied, content.Table.Count, content.Applied - from);
        return content;
    }

    /// <summary>Puts the package of an activation in force.</summary>
    /// <param name="content">A partition that has taken in all before the activation.</param>
    /// <param name="activation">The event.</param>
    /// <param name="shelf">Where packages are.</param>
    /// <param name="cancellationToken">Stops waiting for the package.</param>
    /// <returns>Whether another package is in force now.</returns>
    /// <exception cref="InvalidOperationException">The package of that name has another content than the one that was activated.</exception>
    public static async Task<bool> Activate(PartitionContent content, PositionedEvent activation, IPackageShelf shelf, CancellationToken cancellationToken)
    {
        var data = (ActivationData)activation.Event.Data;
        if (content.Package.Version == data.Package)
        {
            content.Skip(activation.Position);
            return false;
        }

        content.Activate(await Package(data.Package, data.Fingerprint, shelf, cancellationToken), activation);
        return true;
    }

    private static async Task<ModelPackage> Package(PackageVersion version, ulong fingerprint, IPackageShelf shelf, CancellationToken cancellationToken)
    {
        var package = await shelf.Get(version, cancellationToken);
        return package.Content.Fingerprint == fingerprint
            ? package
            : throw new InvalidOperationException(
                $"Package {version} has fingerprint {package.Content.Fingerprint:x16}; the one in force had {fingerprint:x16}. Put the original content back: a version never changes.");
    }

    private async Task<PartitionContent> ReadNewest(ImmutableArray<SnapshotGeneration> generations, CancellationToken cancellationToken)
    {
        SnapshotDamagedException? damage = null;
        foreach (var generation in generations)
        {
            try
            {
                var content = fresh();
                var package = generation.Package == PartitionContent.Genesis.Version
                    ? PartitionContent.Genesis
                    : await Package(generation.Package, generation.Fingerprint, shelf, cancellationToken);
                await store.Read(generation, package, content);
                return content;
            }
            catch (SnapshotDamagedException found)
            {
                damage = found;
                Damaged = Damaged.Add(generation);
                LogDamaged(partition, generation.Number, generation.Position, found);
            }
        }

        // Without any sound snapshot the log may still reach back to its beginning; if it does not, the reading says so.
        if (damage is not null && (await log.Extent(partition, cancellationToken)).Tail > LogPosition.Start.Next)
        {
            throw damage;
        }

        return fresh();
    }

    private async Task<bool> TryFoldTail(PartitionContent content, Batch batch, CancellationToken cancellationToken)
    {
        try
        {
            batch.Begin(content.Applied, content.Marks);
            await foreach (var block in log.Read(partition, content.Applied.Next, cancellationToken))
            {
                while (batch.Through < block.Last)
                {
                    content.Fill(batch, block);
                    if (batch.Barrier.Event is not null || batch.Count >= options.BatchLimit)
                    {
                        await Flush(content, batch, cancellationToken);
                    }
                }
            }

            await Flush(content, batch, cancellationToken);
            return true;
        }
        catch (EventLogUnavailableException fault)
        {
            LogUnavailable(partition, content.Applied, fault);
            return false;
        }
    }

    private async Task Flush(PartitionContent content, Batch batch, CancellationToken cancellationToken)
    {
        await outbox.Room().WaitAsync(cancellationToken);
        content.FindKnown(batch);
        content.FoldRest(batch);
        content.Commit(batch, desk: null);
        if (batch.Barrier.Event is not null)
        {
            await Activate(content, batch.Barrier, shelf, cancellationToken);
        }

        batch.Begin(content.Applied, content.Marks);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Partition {Partition} has recovered up to position {Position}: {Elements} elements, {Folded} events folded.")]
    private partial void LogRecovered(int partition, LogPosition position, int elements, long folded);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Snapshot {Number} of partition {Partition} up to position {Position} is damaged; an older one is used and more of the log is folded.")]
    private partial void LogDamaged(int partition, int number, LogPosition position, Exception damage);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "Partition {Partition} cannot read its log behind position {Position}; it tries again after a pause.")]
    private partial void LogUnavailable(int partition, LogPosition position, Exception fault);
}
