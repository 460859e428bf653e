using System.Collections.Concurrent;

namespace Pudong.Twin.Storage.Sqlite;

/// <summary>Connections for reading. Each read sees the file as it was when the read began, and runs on the thread pool, off its caller's turn.</summary>
/// <param name="path">The file.</param>
/// <param name="limit">How many reads run at the same time; further ones wait.</param>
internal sealed class SqliteReaders(string path, int limit) : IDisposable
{
    private readonly SemaphoreSlim _free = new(limit);
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _closed;

    /// <summary>Reads.</summary>
    /// <param name="read">What to read; sees one picture of the file throughout.</param>
    /// <param name="cancellationToken">Ends the waiting for a connection.</param>
    public async Task<T> Read<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => InTransaction(read), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private T InTransaction<T>(Func<SqliteSession, T> read)
    {
        ObjectDisposedException.ThrowIf(_closed, typeof(SqliteStore));
        var session = _idle.TryTake(out var idle) ? idle : new SqliteSession(path, create: false);
        try
        {
            session.Run("BEGIN");
            return read(session);
        }
        finally
        {
            GiveBack(session);
        }
    }

    private void GiveBack(SqliteSession session)
    {
        if (session.InTransaction)
        {
            session.Run("COMMIT");
        }

        _idle.Add(session);
        if (_closed)
        {
            Dispose();
        }
    }
}
