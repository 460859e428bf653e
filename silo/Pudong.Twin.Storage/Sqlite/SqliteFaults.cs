using SQLitePCL;

namespace Pudong.Twin.Storage.Sqlite;

/// <summary>Turns SQLite's answers into one sentence for an operator.</summary>
internal static class SqliteFaults
{
    /// <summary>The fault behind an answer.</summary>
    /// <param name="session">The connection that got it.</param>
    /// <param name="code">The answer.</param>
    public static SqliteStoreException Of(SqliteSession session, int code)
    {
        var detail = $"SQLite: {raw.sqlite3_errmsg(session.Handle).utf8_to_string()}, code {raw.sqlite3_extended_errcode(session.Handle)}";
        var path = session.Path;
        return (code & 0xFF) switch
        {
            raw.SQLITE_FULL => Unavailable($"The disk that holds '{path}' is full; free some space, and writing goes on by itself ({detail})."),
            raw.SQLITE_READONLY => Unavailable($"The file '{path}' cannot be written; give this process the right to write it and its folder ({detail})."),
            raw.SQLITE_CANTOPEN => Unavailable($"The file '{path}' cannot be opened; its folder must exist and this process may read and write there ({detail})."),
            raw.SQLITE_IOERR => Unavailable($"Reading or writing '{path}' failed; see to the disk, its quota and the file size limit ({detail})."),
            raw.SQLITE_CORRUPT => Damaged($"The file '{path}' is damaged; restore it from a backup or let an expert salvage it ({detail})."),
            raw.SQLITE_NOTADB => new SqliteStoreException(SqliteFault.Mismatch, $"The file '{path}' is no SQLite file; name another file or move this one away ({detail})."),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Unavailable($"Another program holds a lock on '{path}'; end it, for example an open SQLite shell ({detail})."),
            _ => Unavailable($"SQLite could not use '{path}' ({detail})."),
        };
    }

    private static SqliteStoreException Unavailable(string message) => new(SqliteFault.Unavailable, message);

    private static SqliteStoreException Damaged(string message) => new(SqliteFault.Damaged, message);
}
