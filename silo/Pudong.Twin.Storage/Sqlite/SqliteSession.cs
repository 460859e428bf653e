using SQLitePCL;

namespace Pudong.Twin.Storage.Sqlite;

/// <summary>One connection to the file with its prepared statements, used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private const int PrepareForLong = 1;

    /// <summary>How long to wait for another program's lock, in milliseconds.</summary>
    private const int LockPatience = 2_000;

    private readonly Dictionary<string, SqliteStatement> _statements = [];

    /// <summary>Connects to a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="create">Whether to create it when it is missing.</param>
    public SqliteSession(string path, bool create)
    {
        Batteries_V2.Init();
        Path = path;
        var flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX | (create ? raw.SQLITE_OPEN_CREATE : 0);
        var code = raw.sqlite3_open_v2(path, out var handle, flags, null);
        Handle = handle;
        if (code != raw.SQLITE_OK)
        {
            var fault = SqliteFaults.Of(this, code);
            Dispose();
            throw fault;
        }

        raw.sqlite3_busy_timeout(handle, LockPatience);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>SQLite's own connection.</summary>
    public sqlite3 Handle { get; }

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>A prepared statement, ready for its parameters; dispose it after use, then it waits for the next one.</summary>
    /// <param name="sql">One statement, always written the same way.</param>
    public SqliteStatement this[string sql]
    {
        get
        {
            if (!_statements.TryGetValue(sql, out var statement))
            {
                Check(raw.sqlite3_prepare_v3(Handle, sql, PrepareForLong, out var handle));
                _statements.Add(sql, statement = new SqliteStatement(this, handle));
            }

            return statement;
        }
    }

    /// <summary>Runs a statement that has neither parameters nor rows of interest.</summary>
    /// <param name="sql">One statement.</param>
    public void Run(string sql)
    {
        using var statement = this[sql];
        while (statement.Step())
        {
        }
    }

    /// <summary>Asks for one number, for example a pragma's.</summary>
    /// <param name="sql">One statement that gives a row.</param>
    public long Number(string sql)
    {
        using var statement = this[sql];
        return statement.Step() ? statement.Int64(0) : 0;
    }

    /// <summary>Throws when SQLite's answer is not good.</summary>
    /// <param name="code">SQLite's answer.</param>
    public void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw SqliteFaults.Of(this, code);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Close();
        }

        _statements.Clear();
        raw.sqlite3_close_v2(Handle);
    }
}
