using SQLitePCL;

namespace Pudong.Twin.Storage.Sqlite;

/// <summary>A prepared statement of a session. Disposing resets it for its next use; the session closes it.</summary>
/// <param name="session">Whose it is.</param>
/// <param name="handle">SQLite's own statement.</param>
internal sealed class SqliteStatement(SqliteSession session, sqlite3_stmt handle) : IDisposable
{
    /// <summary>Sets a parameter.</summary>
    /// <param name="index">From 1.</param>
    /// <param name="value">A whole number.</param>
    public SqliteStatement Bind(int index, long value)
    {
        session.Check(raw.sqlite3_bind_int64(handle, index, value));
        return this;
    }

    /// <summary>Sets a parameter; the bytes are copied.</summary>
    /// <param name="index">From 1.</param>
    /// <param name="value">Bytes.</param>
    public SqliteStatement Bind(int index, ReadOnlySpan<byte> value)
    {
        session.Check(raw.sqlite3_bind_blob(handle, index, value));
        return this;
    }

    /// <summary>Sets a parameter.</summary>
    /// <param name="index">From 1.</param>
    /// <param name="value">Text.</param>
    public SqliteStatement Bind(int index, string value)
    {
        session.Check(raw.sqlite3_bind_text(handle, index, value));
        return this;
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        return code switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw SqliteFaults.Of(session, code),
        };
    }

    /// <summary>Runs the statement to its end and resets it.</summary>
    public void Run()
    {
        using (this)
        {
            while (Step())
            {
            }
        }
    }

    /// <summary>A column of the row.</summary>
    /// <param name="column">From 0.</param>
    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    /// <summary>A column of the row.</summary>
    /// <param name="column">From 0.</param>
    public int Int32(int column) => raw.sqlite3_column_int(handle, column);

    /// <summary>A column of the row; valid until the next step.</summary>
    /// <param name="column">From 0.</param>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    /// <summary>A column of the row.</summary>
    /// <param name="column">From 0.</param>
    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    /// <inheritdoc/>
    public void Dispose()
    {
        raw.sqlite3_reset(handle);
        raw.sqlite3_clear_bindings(handle);
    }

    /// <summary>Frees the statement.</summary>
    internal void Close() => raw.sqlite3_finalize(handle);
}
