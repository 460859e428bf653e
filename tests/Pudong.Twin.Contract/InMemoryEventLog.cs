using System.Runtime.CompilerServices;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Contract;

/// <summary>An event log in the memory of one process, for tests only: it forgets everything, and fails on command.</summary>
/// <remarks>Each append becomes one block, and every read returns that same block object.</remarks>
public sealed class InMemoryEventLog : IEventLog
{
    private readonly InMemoryPartition[] _partitions;

    /// <summary>Makes an empty log.</summary>
    /// <param name="partitions">How many partitions, at least one.</param>
    public InMemoryEventLog(int partitions)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partitions);
        _partitions = [.. Enumerable.Range(0, partitions).Select(partition => new InMemoryPartition(partition))];
    }

    /// <inheritdoc/>
    public int Partitions => _partitions.Length;

    /// <summary>Makes calls fail or wait, and counts them.</summary>
    public LogScript Script { get; } = new();

    /// <inheritdoc/>
    public async ValueTask<LogPosition> Append(int partition, EventBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var stored = Partition(partition);
        await Script.Enter(LogCall.Append, partition, cancellationToken);

        var first = stored.Append(batch);

        return Script.TakeCut(LogCall.Append, partition) is null ? first : throw LogScript.Cut(LogCall.Append, partition);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<EventBlock> Read(
        int partition, LogPosition from, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var stored = Partition(partition);
        await Script.Enter(LogCall.Read, partition, cancellationToken);
        var left = Script.TakeCut(LogCall.Read, partition);

        foreach (var block in stored.From(from))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (left-- == 0)
            {
                throw LogScript.Cut(LogCall.Read, partition);
            }

            Script.CountBlock(partition);
            yield return block;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<LogExtent> Extent(int partition, CancellationToken cancellationToken = default)
    {
        var stored = Partition(partition);
        await Script.Enter(LogCall.Extent, partition, cancellationToken);
        return stored.Extent;
    }

    /// <inheritdoc/>
    public async ValueTask<LogPosition> WaitForAppend(int partition, LogPosition after, CancellationToken cancellationToken = default)
    {
        var stored = Partition(partition);
        await Script.Enter(LogCall.Wait, partition, cancellationToken);
        return await stored.WaitFor(after, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask Trim(int partition, LogPosition before, CancellationToken cancellationToken = default)
    {
        var stored = Partition(partition);
        await Script.Enter(LogCall.Trim, partition, cancellationToken);
        stored.Trim(before);
    }

    /// <summary>All blocks that were ever appended, trimmed ones included, for a test that folds them itself.</summary>
    /// <param name="partition">The partition.</param>
    public IReadOnlyList<EventBlock> Archive(int partition) => Partition(partition).Archive;

    private InMemoryPartition Partition(int partition) => partition >= 0 && partition < _partitions.Length
        ? _partitions[partition]
        : throw new ArgumentOutOfRangeException(
            nameof(partition), partition, $"The log has partitions 0 to {_partitions.Length - 1}; {partition} is none of them.");
}
