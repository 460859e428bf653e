namespace Pudong.Twin.Storage.Sqlite;

/// <summary>Why SQLite could not do what it was asked.</summary>
public enum SqliteFault
{
    /// <summary>The disk, its quota or the file's permissions: it may work later.</summary>
    Unavailable = 0,

    /// <summary>The file contradicts itself.</summary>
    Damaged = 1,

    /// <summary>The file is not a store of this program, or of other settings, or another process uses it.</summary>
    Mismatch = 2,
}

/// <summary>The SQLite file cannot do what it was asked; the message is one sentence that says what, where and what would be right.</summary>
/// <param name="fault">What kind of fault it is.</param>
/// <param name="message">One sentence for an operator.</param>
/// <param name="inner">The fault that showed it, if there is one.</param>
public sealed class SqliteStoreException(SqliteFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of fault it is.</summary>
    public SqliteFault Fault { get; } = fault;
}
