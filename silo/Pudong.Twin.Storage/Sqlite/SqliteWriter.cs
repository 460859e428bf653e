using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Pudong.Twin.Storage.Sqlite;

/// <summary>The one thread that writes to the file. What waits when it begins a transaction shares that transaction, so many callers share one commit.</summary>
internal sealed class SqliteWriter : IDisposable
{
    /// <summary>About what a small row costs in the write-ahead log: the pages it changes.</summary>
    private const int PageOverhead = 32 << 10;

    private readonly SqliteSession _session;
    private readonly SqliteCheckpoints _checkpoints;
    private readonly int _groupSize;
    private readonly BlockingCollection<WriteJob> _waiting = [];
    private readonly List<WriteJob> _group = [];
    private readonly Thread _thread;

    /// <summary>Begins to write.</summary>
    /// <param name="session">The connection, used by nobody else from now on; closed at the end.</param>
    /// <param name="options">The sizes of transactions and of the write-ahead log.</param>
    /// <param name="logger">Hears when the write-ahead log cannot be carried over.</param>
    public SqliteWriter(SqliteSession session, SqliteStorageOptions options, ILogger logger)
    {
        _session = session;
        _groupSize = options.GroupSize;
        _checkpoints = new SqliteCheckpoints(session, options.CheckpointSize, logger);
        _thread = new Thread(Write) { Name = "twin-sqlite-writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Adds a job; callers bound what they add.</summary>
    /// <param name="job">What is to be written.</param>
    /// <exception cref="ObjectDisposedException">The store has been closed.</exception>
    public void Add(WriteJob job)
    {
        try
        {
            _waiting.Add(job);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(SqliteStore), $"The store '{_session.Path}' has been closed.");
        }
    }

    /// <summary>Adds a job and waits until it is committed.</summary>
    /// <param name="write">What to write; gives what the caller waits for.</param>
    /// <param name="size">About how many bytes.</param>
    /// <param name="cancellationToken">Stops waiting; whether it was written is then unknown.</param>
    public Task<T> Add<T>(Func<SqliteSession, T> write, int size, CancellationToken cancellationToken = default)
    {
        var job = new WriteJob<T>(write, size);
        Add(job);
        return job.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Writes what is waiting and ends.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join();
        _checkpoints.Dispose();
        _waiting.Dispose();
        _session.Dispose();
    }

    private void Write()
    {
        while (Gather())
        {
            if (TryWrite(_group, out var fault))
            {
                continue;
            }

            if (_group.Count == 1)
            {
                _group[0].Failed(fault);
                continue;
            }

            // One that cannot be written, on a damaged page for example, must not fail its neighbours.
            foreach (var job in _group)
            {
                if (!TryWrite([job], out fault))
                {
                    job.Failed(fault);
                }
            }
        }
    }

    private bool Gather()
    {
        _group.Clear();
        if (!_waiting.TryTake(out var job, Timeout.Infinite))
        {
            return false;
        }

        long size = 0;
        do
        {
            _group.Add(job);
            size += job.Size;
        }
        while (size < _groupSize && _waiting.TryTake(out job));

        return true;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the fault is, it belongs to the callers, and the thread has to live on.")]
    private bool TryWrite(List<WriteJob> group, [NotNullWhen(false)] out Exception? fault)
    {
        try
        {
            _session.Run("BEGIN IMMEDIATE");
            foreach (var job in group)
            {
                job.Run(_session);
            }

            _session.Run("COMMIT");
        }
        catch (Exception thrown)
        {
            fault = thrown;
            RollBack();
            return false;
        }

        // The size is asked first: a job forgets what it wrote when it is told.
        var written = group.Sum(job => (long)job.Size + PageOverhead);
        group.ForEach(job => job.Committed());
        _checkpoints.Wrote(written);
        fault = null;
        return true;
    }

    private void RollBack()
    {
        // A full disk may have rolled the transaction back already.
        if (_session.InTransaction)
        {
            _session.Run("ROLLBACK");
        }
    }
}
