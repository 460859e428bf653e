namespace Pudong.Twin.Storage.Sqlite;

/// <summary>Something to be written in a transaction that it may share with others.</summary>
internal abstract class WriteJob
{
    /// <summary>About how many bytes it writes.</summary>
    public abstract int Size { get; }

    /// <summary>Writes within the open transaction. May be called again after the transaction was rolled back.</summary>
    /// <param name="session">The connection that writes.</param>
    public abstract void Run(SqliteSession session);

    /// <summary>What was written is durable now.</summary>
    public abstract void Committed();

    /// <summary>Nothing was written.</summary>
    /// <param name="fault">Why.</param>
    public abstract void Failed(Exception fault);
}

/// <summary>A job that somebody waits for.</summary>
/// <param name="write">What it does; gives what the caller waits for.</param>
/// <param name="size">About how many bytes it writes.</param>
internal sealed class WriteJob<T>(Func<SqliteSession, T> write, int size) : WriteJob
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    /// <summary>Ends when the job is committed or has failed.</summary>
    public Task<T> Task => _done.Task;

    /// <inheritdoc/>
    public override int Size => size;

    /// <inheritdoc/>
    public override void Run(SqliteSession session) => _result = write(session);

    /// <inheritdoc/>
    public override void Committed() => _done.TrySetResult(_result!);

    /// <inheritdoc/>
    public override void Failed(Exception fault) => _done.TrySetException(fault);
}
