using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Sqlite;

/// <summary>The appends that wait for one partition, and the job that writes them: all that came while the writer was busy go together.</summary>
/// <remarks>The job is with the writer at most once at a time, which keeps the order.</remarks>
/// <param name="number">The partition, from 0.</param>
/// <param name="partition">Its extent.</param>
/// <param name="writer">The thread that writes.</param>
/// <param name="bounds">What may wait, over all partitions.</param>
/// <param name="options">The sizes of blocks and transactions.</param>
internal sealed class PartitionAppender(int number, SqliteLogPartition partition, SqliteWriter writer, AppendBounds bounds, SqliteStorageOptions options) : WriteJob
{
    private readonly Lock _lock = new();
    private readonly Queue<PendingAppend> _waiting = [];
    private readonly List<PendingAppend> _taken = [];
    private bool _withWriter;
    private int _waitingBytes;
    private int _takenBytes;
    private LogPosition _last;

    /// <inheritdoc/>
    public override int Size => Math.Max(_takenBytes, Volatile.Read(ref _waitingBytes));

    /// <summary>Appends a batch as soon as the writer comes to it.</summary>
    /// <param name="batch">The events.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<LogPosition> Append(EventBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bounds.Enter(batch);
        var append = new PendingAppend(batch, cancellationToken);
        lock (_lock)
        {
            _waiting.Enqueue(append);
            _waitingBytes += batch.Bytes.Length;
            if (_withWriter)
            {
                return append.Task;
            }

            _withWriter = true;
        }

        Schedule();
        return append.Task;
    }

    /// <inheritdoc/>
    public override void Run(SqliteSession session)
    {
        // A second run, after a rollback, writes what the first one took.
        if (_taken.Count == 0)
        {
            Take(options.GroupSize);
        }

        _last = BlockWriter.Write(session, number, partition.Extent.Head, _taken, options.BlockSize);
    }

    /// <inheritdoc/>
    public override void Committed()
    {
        partition.MoveHead(_last);
        End(static (append, _) => append.Accept(), null);
    }

    /// <inheritdoc/>
    public override void Failed(Exception fault) =>
        End(static (append, fault) => append.Refuse(fault!), LogFaults.Of(fault, number, partition.Extent.Head.Next));

    private void Take(int bytes)
    {
        lock (_lock)
        {
            while (bytes > 0 && _waiting.TryDequeue(out var append))
            {
                _waitingBytes -= append.Batch.Bytes.Length;
                if (append.Task.IsCompleted)
                {
                    bounds.Leave(append.Batch);
                    continue;
                }

                bytes -= append.Batch.Bytes.Length;
                _takenBytes += append.Batch.Bytes.Length;
                _taken.Add(append);
            }
        }
    }

    private void End(Action<PendingAppend, Exception?> tell, Exception? fault)
    {
        foreach (var append in _taken)
        {
            bounds.Leave(append.Batch);
            tell(append, fault);
        }

        _taken.Clear();
        _takenBytes = 0;
        lock (_lock)
        {
            _withWriter = _waiting.Count > 0;
            if (!_withWriter)
            {
                return;
            }
        }

        Schedule();
    }

    private void Schedule()
    {
        try
        {
            writer.Add(this);
        }
        catch (ObjectDisposedException closed)
        {
            Take(int.MaxValue);
            lock (_lock)
            {
                _withWriter = false;
            }

            End(static (append, fault) => append.Refuse(fault!), closed);
        }
    }
}
