using System.Globalization;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Sqlite;

/// <summary>Counts what waits to be appended, over all partitions, and refuses what is too much.</summary>
/// <param name="options">The bounds.</param>
internal sealed class AppendBounds(SqliteStorageOptions options)
{
    private int _appends;
    private long _bytes;

    /// <summary>Counts an append in.</summary>
    /// <param name="batch">The events.</param>
    /// <exception cref="EventLogBusyException">Too much is waiting, or the batch alone is too much.</exception>
    public void Enter(EventBatch batch)
    {
        if (Interlocked.Increment(ref _appends) > options.WaitingAppends)
        {
            Interlocked.Decrement(ref _appends);
            throw new EventLogBusyException($"{Text(options.WaitingAppends)} appends are waiting, which is the bound {nameof(options.WaitingAppends)}; try again a little later.");
        }

        if (Interlocked.Add(ref _bytes, batch.Bytes.Length) > options.WaitingBytes)
        {
            Leave(batch);
            throw new EventLogBusyException(batch.Bytes.Length > options.WaitingBytes
                ? $"A batch of {Text(batch.Bytes.Length)} bytes is larger than the bound {nameof(options.WaitingBytes)} of {Text(options.WaitingBytes)}; append it in parts."
                : $"{Text(options.WaitingBytes)} bytes are waiting to be appended, which is the bound {nameof(options.WaitingBytes)}; try again a little later.");
        }
    }

    /// <summary>Counts an append out.</summary>
    /// <param name="batch">The events.</param>
    public void Leave(EventBatch batch)
    {
        Interlocked.Decrement(ref _appends);
        Interlocked.Add(ref _bytes, -batch.Bytes.Length);
    }

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
