namespace Pudong.Twin.Storage.Sqlite;

/// <summary>Holds a file for one process: two would number the same events twice. The operating system lets go of it when the process dies.</summary>
internal sealed class SqliteLock : IDisposable
{
    private readonly FileStream _file;

    /// <summary>Takes the lock and creates the folder.</summary>
    /// <param name="path">The SQLite file; the lock lies beside it as <c>.lock</c>.</param>
    /// <exception cref="SqliteStoreException">Another process holds it, or the folder cannot be written.</exception>
    public SqliteLock(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            _file = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw Unwritable(path, fault);
        }
        catch (IOException fault) when (IsHeld(fault))
        {
            throw new SqliteStoreException(
                SqliteFault.Mismatch,
                $"The store '{path}' is in use by another process; stop that one, or give this one a file of its own.",
                fault);
        }
        catch (IOException fault)
        {
            throw Unwritable(path, fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Whether the system says that somebody else holds the file: EWOULDBLOCK on Linux and on macOS, a sharing violation on Windows.</summary>
    private static bool IsHeld(IOException fault) => fault.HResult is 11 or 35 or unchecked((int)0x8007_0020);

    private static SqliteStoreException Unwritable(string path, Exception fault) =>
        new(SqliteFault.Unavailable, $"The folder of '{path}' cannot be written; give this process the right to write there, or name another file ({fault.Message}).", fault);
}
