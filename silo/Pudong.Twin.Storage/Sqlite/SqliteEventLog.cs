using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Sqlite;

/// <summary>The event log in one SQLite file.</summary>
/// <remarks>
/// A block is a row: partition and first position, number of events, checksum, bytes. One thread writes; callers share its transactions. SQLite's own
/// checksums cut a write-ahead log that a crash left torn at its last whole transaction; a block that is wrong in itself is damage and is reported.
/// </remarks>
public sealed partial class SqliteEventLog : IEventLog, IDisposable
{
    /// <summary>Bytes read from the file at a time: enough to make a query's cost invisible, little enough for 64 partitions at once.</summary>
    private const int ReadSize = 2 << 20;

    private readonly SqliteStore _store;
    private readonly SqliteLogPartition[] _partitions;
    private readonly PartitionAppender[] _appenders;

    /// <summary>Opens the log in a store.</summary>
    /// <param name="store">The file.</param>
    /// <param name="logger">Hears of damage found at start.</param>
    /// <exception cref="EventLogMismatchException">The log was created with another number of partitions.</exception>
    internal SqliteEventLog(SqliteStore store, ILogger<SqliteEventLog> logger)
    {
        var options = store.Options;
        if (store.Partitions != options.Partitions)
        {
            throw new EventLogMismatchException(
                $"The event log in '{store.Path}' was created with {store.Partitions} partitions, but {options.Partitions} are configured; set {nameof(options.Partitions)} to {store.Partitions}.");
        }

        _store = store;
        _partitions = Look(store, logger);
        var bounds = new AppendBounds(options);
        _appenders = [.. _partitions.Select((partition, number) => new PartitionAppender(number, partition, store.Writer, bounds, options))];
    }

    /// <inheritdoc/>
    public int Partitions => _partitions.Length;

    /// <inheritdoc/>
    public async ValueTask<LogPosition> Append(int partition, EventBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return At(partition).Damage is { } damage
            ? throw new EventLogDamagedException(damage)
            : await _appenders[partition].Append(batch, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<EventBlock> Read(int partition, LogPosition from, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var head = At(partition).Extent.Head;
        var next = from > LogPosition.Start ? from : LogPosition.Start.Next;
        while (next <= head)
        {
            var (blocks, fault) = await ReadBlocks(partition, next, cancellationToken).ConfigureAwait(false);
            foreach (var block in blocks)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return block;
                next = block.Last.Next;
            }

            if (fault is not null)
            {
                throw fault;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<LogExtent> Extent(int partition, CancellationToken cancellationToken = default) => ValueTask.FromResult(At(partition).Extent);

    /// <inheritdoc/>
    public ValueTask<LogPosition> WaitForAppend(int partition, LogPosition after, CancellationToken cancellationToken = default) =>
        At(partition).WaitBehind(after, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask Trim(int partition, LogPosition before, CancellationToken cancellationToken = default)
    {
        var kept = At(partition);
        var (more, size) = (true, _store.Options.GroupSize);
        while (more)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                (var tail, more) = await _store.Writer.Add(session => LogTrim.Step(session, partition, Bounded(kept, before)), size, CancellationToken.None).ConfigureAwait(false);
                kept.MoveTail(tail);
            }
            catch (SqliteStoreException fault)
            {
                throw LogFaults.Of(fault, partition, kept.Extent.Tail);
            }
        }
    }

    /// <summary>Ends the waiting for appends. The file stays open; its owner closes it.</summary>
    public void Dispose() => Array.ForEach(_partitions, partition => partition.Close());

    private async ValueTask<(List<EventBlock> Blocks, EventLogException? Fault)> ReadBlocks(int partition, LogPosition from, CancellationToken cancellationToken)
    {
        try
        {
            return await _store.Readers.Read(session => BlockReader.Read(session, partition, from, ReadSize), cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteStoreException fault)
        {
            throw LogFaults.Of(fault, partition, from);
        }
    }

    private static LogPosition Bounded(SqliteLogPartition partition, LogPosition before)
    {
        var end = partition.Extent.Head.Next;
        return before < LogPosition.Start ? LogPosition.Start : before < end ? before : end;
    }

    private static SqliteLogPartition[] Look(SqliteStore store, ILogger logger)
    {
        using var session = new SqliteSession(store.Path, create: false);
        var partitions = new SqliteLogPartition[store.Partitions];
        for (var partition = 0; partition < partitions.Length; partition++)
        {
            partitions[partition] = SqliteLogStart.Look(session, partition, store.Options.CheckAtStart / partitions.Length);
            if (partitions[partition].Damage is { } damage)
            {
                LogDamage(logger, damage);
            }
        }

        return partitions;
    }

    private SqliteLogPartition At(int partition) => (uint)partition < (uint)_partitions.Length
        ? _partitions[partition]
        : throw new ArgumentOutOfRangeException(nameof(partition), partition, $"The event log has the partitions 0 to {_partitions.Length - 1}.");

    [LoggerMessage(1, LogLevel.Critical, "{Damage} Nothing is appended to this partition.")]
    private static partial void LogDamage(ILogger logger, string damage);
}
