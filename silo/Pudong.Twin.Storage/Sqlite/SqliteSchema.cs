namespace Pudong.Twin.Storage.Sqlite;

/// <summary>The tables of the file, and how a connection is set up.</summary>
internal static class SqliteSchema
{
    /// <summary>Marks the file as ours: "PTwn".</summary>
    private const int ApplicationId = 0x5054_776E;

    private const int Version = 1;

    /// <summary>Large pages: a block of events or a chunk of a state fills several, and fewer are faster (DECISIONS.md).</summary>
    private const int PageSize = 16_384;

    private static readonly string[] Tables =
    [
        "CREATE TABLE store(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
        "CREATE TABLE log_block(id INTEGER PRIMARY KEY, count INTEGER NOT NULL, checksum INTEGER NOT NULL, bytes BLOB NOT NULL)",
        "CREATE TABLE log_partition(partition INTEGER PRIMARY KEY, tail INTEGER NOT NULL)",
        "CREATE TABLE grain_state(name TEXT, type BLOB, key BLOB, etag TEXT NOT NULL, generation INTEGER NOT NULL, previous INTEGER NOT NULL, PRIMARY KEY(name, type, key)) WITHOUT ROWID",
        "CREATE TABLE grain_generation(generation INTEGER PRIMARY KEY, manifest BLOB NOT NULL)",
        "CREATE TABLE grain_chunk(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)",
        "CREATE TABLE grain_staged(generation INTEGER PRIMARY KEY)",
        $"PRAGMA application_id = {ApplicationId}",
        $"PRAGMA user_version = {Version}",
    ];

    /// <summary>Sets a new connection up for writing and creates what a new file lacks.</summary>
    /// <param name="session">A connection to the file.</param>
    /// <param name="options">Checked before.</param>
    /// <exception cref="SqliteStoreException">The file belongs to something else or to a newer version of this program.</exception>
    public static void Prepare(SqliteSession session, SqliteStorageOptions options)
    {
        session.Run($"PRAGMA page_size = {PageSize}");
        session.Run("PRAGMA journal_mode = WAL");
        Synchronize(session, options.Durability);
        session.Run("PRAGMA wal_autocheckpoint = 0");
        session.Run($"PRAGMA journal_size_limit = {options.CheckpointSize}");
        session.Run("PRAGMA cache_size = -32768");
        session.Run("BEGIN IMMEDIATE");
        if (session.Number("SELECT count(*) FROM sqlite_schema") == 0)
        {
            foreach (var table in Tables)
            {
                session.Run(table);
            }
        }

        session.Run("COMMIT");
        Verify(session);
    }

    /// <summary>Says how far a commit has to come before it is acknowledged.</summary>
    /// <param name="session">A connection that writes.</param>
    /// <param name="durability">What a commit survives.</param>
    public static void Synchronize(SqliteSession session, SqliteDurability durability) =>
        session.Run($"PRAGMA synchronous = {(durability == SqliteDurability.PowerLoss ? "FULL" : "NORMAL")}");

    /// <summary>Reads a number the store keeps about itself, and keeps a first one when there is none.</summary>
    /// <param name="session">The connection that writes.</param>
    /// <param name="name">The number's name.</param>
    /// <param name="initial">What to keep when there is none.</param>
    public static long Keep(SqliteSession session, string name, long initial)
    {
        session["INSERT INTO store(name, value) VALUES (?, ?) ON CONFLICT DO NOTHING"].Bind(1, name).Bind(2, initial).Run();
        using var find = session["SELECT value FROM store WHERE name = ?"].Bind(1, name);
        return find.Step() ? find.Int64(0) : initial;
    }

    private static void Verify(SqliteSession session)
    {
        if (session.Number("PRAGMA application_id") != ApplicationId)
        {
            throw new SqliteStoreException(SqliteFault.Mismatch, $"The file '{session.Path}' is a SQLite file of another program; name another file.");
        }

        var version = session.Number("PRAGMA user_version");
        if (version != Version)
        {
            throw new SqliteStoreException(
                SqliteFault.Mismatch,
                $"The file '{session.Path}' has format {version}; this program reads format {Version}, so use the program that wrote it.");
        }
    }
}
