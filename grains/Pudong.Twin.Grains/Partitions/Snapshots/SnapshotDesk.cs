using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Grains.Partitions.Snapshots;

/// <summary>Writes the snapshots of a partition, one at a time, and trims its log behind the older of the two it keeps.</summary>
/// <remarks>Runs on the partition's turn where it touches the manifest, and beside it where it writes chunks.</remarks>
internal sealed partial class SnapshotDesk(
    int partition, IPersistentState<SnapshotManifest> manifest, SnapshotStore store, IEventLog log, Outbox outbox, SiloGates gates, ILogger logger)
{
    private Task<LogPosition>? _running;

    /// <summary>The position up to which the newest snapshot is complete.</summary>
    public LogPosition Position => manifest.State.Generations is [var newest, ..] ? newest.Position : LogPosition.Start;

    /// <summary>Whether a snapshot is being written.</summary>
    public bool IsRunning => _running is { IsCompleted: false };

    /// <summary>Writes a snapshot, after the one that is being written, if there is one.</summary>
    /// <param name="cut">Takes what it shall hold.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>Its position.</returns>
    /// <exception cref="InconsistentStateException">Another activation of the partition has written the manifest: this one must stop.</exception>
    public async Task<LogPosition> Take(Func<SnapshotCut> cut, CancellationToken cancellationToken)
    {
        while (IsRunning)
        {
            // Whoever asked for it is told how it ended.
            await ((Task)_running!).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return await (_running = Write(cut, cancellationToken));
    }

    private async Task<LogPosition> Write(Func<SnapshotCut> take, CancellationToken cancellationToken)
    {
        await gates.Snapshots.WaitAsync(cancellationToken);
        try
        {
            var cut = take();
            if (cut.Position == Position)
            {
                return Position;
            }

            var number = manifest.State.LastNumber + 1;
            // Said before it is done: whatever becomes of this attempt, its chunks are found again and removed.
            await Change(next => (next.LastNumber, next.Leftovers) = (number, next.Leftovers.Add(number)));
            await outbox.Appended(cut.Position, cancellationToken);
            var written = await Task.Run(() => store.Write(number, cut, cancellationToken), cancellationToken);
            await Change(next => Complete(next, written));
            LogWritten(partition, number, cut.Position, written.Elements);
            await CleanUp();
            return cut.Position;
        }
        finally
        {
            gates.Snapshots.Release();
        }
    }

    private static void Complete(SnapshotManifest next, SnapshotGeneration written)
    {
        var kept = next.Generations.IsEmpty ? [] : ImmutableArray.Create(next.Generations[0]);
        next.Leftovers = next.Leftovers.Remove(written.Number);
        foreach (var generation in next.Generations)
        {
            if (!kept.Contains(generation))
            {
                next.Leftovers = next.Leftovers.Add(generation.Number);
            }
        }

        next.Generations = [written, .. kept];
    }

    /// <summary>Gives a damaged snapshot up.</summary>
    public Task GiveUp(SnapshotGeneration damaged) => Change(next =>
    {
        next.Generations = next.Generations.Remove(damaged);
        next.Leftovers = next.Leftovers.Add(damaged.Number);
    });

    private async Task CleanUp()
    {
        try
        {
            if (manifest.State.Generations is [_, var older])
            {
                await log.Trim(partition, older.Position.Next);
            }

            if (manifest.State.Leftovers is { IsEmpty: false } leftovers)
            {
                await Task.Run(() => Remove(leftovers));
                await Change(next => next.Leftovers = next.Leftovers.RemoveRange(leftovers));
            }
        }
        catch (Exception fault) when (fault is not InconsistentStateException)
        {
            // The snapshot is complete all the same; the next one cleans up again.
            LogCleanUpFailed(partition, fault);
        }
    }

    private async Task Remove(ImmutableArray<int> numbers)
    {
        foreach (var number in numbers)
        {
            await store.Remove(number);
        }
    }

    // A failed write leaves the manifest as it is stored, so that the next attempt begins from the truth.
    private async Task Change(Action<SnapshotManifest> change)
    {
        var before = manifest.State.Copy();
        change(manifest.State);
        try
        {
            await manifest.WriteStateAsync();
        }
        catch
        {
            manifest.State.CopyFrom(before);
            throw;
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Partition {Partition} wrote snapshot {Number}: {Elements} elements up to position {Position}.")]
    private partial void LogWritten(int partition, int number, LogPosition position, long elements);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Partition {Partition} could not trim its log or remove old snapshots; it tries again with its next snapshot.")]
    private partial void LogCleanUpFailed(int partition, Exception fault);
}
