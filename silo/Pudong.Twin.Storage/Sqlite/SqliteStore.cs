using Microsoft.Extensions.Logging;

namespace Pudong.Twin.Storage.Sqlite;

/// <summary>The one SQLite file of this process: its lock, the thread that writes and the connections that read. Event log and grain storage share it.</summary>
internal sealed class SqliteStore : IDisposable
{
    private readonly SqliteLock _lock;
    private long _generation;

    /// <summary>Opens the file, and creates it when it is missing.</summary>
    /// <param name="options">Checked before.</param>
    /// <param name="logger">Hears what an operator should know.</param>
    /// <exception cref="SqliteStoreException">The file is used by another process, belongs to something else, is damaged or cannot be written.</exception>
    public SqliteStore(SqliteStorageOptions options, ILogger<SqliteStore> logger)
    {
        Options = options;
        Path = System.IO.Path.GetFullPath(options.Path);
        _lock = new SqliteLock(Path);
        SqliteSession? session = null;
        try
        {
            session = new SqliteSession(Path, create: true);
            SqliteSchema.Prepare(session, options);
            Partitions = (int)SqliteSchema.Keep(session, "partitions", options.Partitions);
            StateTables.Sweep(session);
            _generation = StateTables.Newest(session);
        }
        catch
        {
            session?.Dispose();
            _lock.Dispose();
            throw;
        }

        Writer = new SqliteWriter(session, options, logger);
        Readers = new SqliteReaders(Path, options.Readers);
    }

    /// <summary>How the file is used.</summary>
    public SqliteStorageOptions Options { get; }

    /// <summary>The file, as an absolute path.</summary>
    public string Path { get; }

    /// <summary>The number of partitions the event log was created with.</summary>
    public int Partitions { get; }

    /// <summary>The thread that writes.</summary>
    public SqliteWriter Writer { get; }

    /// <summary>The connections that read.</summary>
    public SqliteReaders Readers { get; }

    /// <summary>A number that no generation of any grain state in the file has.</summary>
    public long NextGeneration() => Interlocked.Increment(ref _generation);

    /// <summary>Writes what is waiting, then closes the file.</summary>
    public void Dispose()
    {
        Readers.Dispose();
        Writer.Dispose();
        _lock.Dispose();
    }
}
