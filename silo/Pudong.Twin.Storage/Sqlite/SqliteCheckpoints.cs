using Microsoft.Extensions.Logging;

namespace Pudong.Twin.Storage.Sqlite;

/// <summary>Carries the write-ahead log over into the file. The bulk is copied beside the writer, so that a commit waits for what is left only.</summary>
/// <param name="writer">The connection that writes.</param>
/// <param name="size">After how many bytes to begin.</param>
/// <param name="logger">Hears when it cannot be done.</param>
internal sealed partial class SqliteCheckpoints(SqliteSession writer, int size, ILogger logger) : IDisposable
{
    /// <summary>Copies in the background before the writer does the rest: while one runs, the log goes on growing.</summary>
    private const int Rounds = 4;

    /// <summary>What the writer copies itself, in pages: some milliseconds.</summary>
    private const int Rest = 128;

    /// <summary>The writer waits for the copy when the log has grown to so many times the size.</summary>
    private const int Patience = 4;

    private const string Checkpoint = "PRAGMA wal_checkpoint(PASSIVE)";

    private Task? _copying;
    private long _written;

    /// <summary>Called by the writer after each commit.</summary>
    /// <param name="bytes">About how many bytes it wrote.</param>
    public void Wrote(long bytes)
    {
        _written += bytes;
        if (_copying is null)
        {
            if (_written >= size)
            {
                _written = 0;
                _copying = Task.Run(Copy);
            }

            return;
        }

        if (_copying.IsCompleted || _written >= (long)Patience * size)
        {
            _copying.Wait();
            _copying = null;
            // Only when nothing is left does the next commit begin at the log's start again.
            Try(writer);
        }
    }

    /// <summary>Waits for a copy under way.</summary>
    public void Dispose() => _copying?.Wait();

    private void Copy()
    {
        try
        {
            using var session = new SqliteSession(writer.Path, create: false);
            SqliteSchema.Synchronize(session, SqliteDurability.PowerLoss);
            for (var round = 0; round < Rounds && Try(session) > Rest; round++)
            {
            }
        }
        catch (SqliteStoreException fault)
        {
            LogFault(fault.Message);
        }
    }

    /// <summary>Copies what no reader holds back.</summary>
    /// <returns>How many pages were not copied.</returns>
    private long Try(SqliteSession session)
    {
        try
        {
            using var answer = session[Checkpoint];
            return answer.Step() ? answer.Int64(1) - answer.Int64(2) : 0;
        }
        catch (SqliteStoreException fault)
        {
            // What is committed stays in the log, which grows; a full disk shows at the next commit.
            LogFault(fault.Message);
            return 0;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The write-ahead log was not carried over into the file and goes on growing: {Fault}")]
    private partial void LogFault(string fault);
}
