using Microsoft.Extensions.Logging.Abstractions;
using Pudong.Twin.Storage.Sqlite;

namespace Pudong.Twin.Storage.Tests.Sqlite;

/// <summary>A folder for one test, with the stores opened in it; all go at the end.</summary>
internal sealed class StoreFolder : IDisposable
{
    private readonly List<(SqliteStore Store, SqliteEventLog Log)> _open = [];
    private int _files;

    public StoreFolder() => Path = Directory.CreateTempSubdirectory("twin-sqlite-").FullName;

    public string Path { get; }

    /// <summary>A file that no other store uses.</summary>
    public string NewFile() => System.IO.Path.Combine(Path, $"{_files++}.db");

    /// <summary>Opens the log in a new file or, closing it first, in the file of another log.</summary>
    public SqliteEventLog Open(SqliteStorageOptions options)
    {
        var store = new SqliteStore(options, NullLogger<SqliteStore>.Instance);
        try
        {
            var log = new SqliteEventLog(store, NullLogger<SqliteEventLog>.Instance);
            _open.Add((store, log));
            return log;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public SqliteStore StoreOf(SqliteEventLog log) => _open.Single(open => open.Log == log).Store;

    public void Close(SqliteEventLog log)
    {
        var open = _open.Single(open => open.Log == log);
        _open.Remove(open);
        open.Log.Dispose();
        open.Store.Dispose();
    }

    public void Dispose()
    {
        while (_open.Count > 0)
        {
            Close(_open[^1].Log);
        }

        Directory.Delete(Path, recursive: true);
    }
}
