using Microsoft.Extensions.Logging.Abstractions;
using Pudong.Twin.Storage.Sqlite;

namespace Pudong.Twin.Benchmarks.Storage;

/// <summary>An event log in a new SQLite file, which is deleted when it is no longer needed.</summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly string _folder;

    public SqliteFile(Session session, SqliteDurability durability)
    {
        _folder = session.NewFolder();
        var options = new SqliteStorageOptions { Path = Path.Combine(_folder, "twin.db"), Partitions = Load.Partitions, Durability = durability };
        Store = new SqliteStore(options, NullLogger<SqliteStore>.Instance);
        Log = new SqliteEventLog(Store, NullLogger<SqliteEventLog>.Instance);
    }

    public SqliteStore Store { get; }

    public SqliteEventLog Log { get; }

    public void Dispose()
    {
        Log.Dispose();
        Store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
