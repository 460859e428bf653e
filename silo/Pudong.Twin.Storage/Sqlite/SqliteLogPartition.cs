using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Sqlite;

/// <summary>What this process knows of a partition: its extent, who waits for its head to move, and what is damaged.</summary>
/// <param name="extent">What the file holds.</param>
/// <param name="damage">Why nothing may be appended, or null.</param>
internal sealed class SqliteLogPartition(LogExtent extent, string? damage)
{
    private readonly Lock _lock = new();
    private LogExtent _extent = extent;
    private TaskCompletionSource? _moved;
    private bool _closed;

    /// <summary>Why nothing may be appended, or null.</summary>
    public string? Damage { get; } = damage;

    /// <summary>What is committed.</summary>
    public LogExtent Extent
    {
        get
        {
            lock (_lock)
            {
                return _extent;
            }
        }
    }

    /// <summary>The head has moved; whoever waits for it goes on.</summary>
    /// <param name="head">The newest event that is committed.</param>
    public void MoveHead(LogPosition head)
    {
        TaskCompletionSource? moved;
        lock (_lock)
        {
            _extent = _extent with { Head = head };
            (moved, _moved) = (_moved, null);
        }

        moved?.TrySetResult();
    }

    /// <summary>Older events are gone.</summary>
    /// <param name="tail">The oldest event that is kept.</param>
    public void MoveTail(LogPosition tail)
    {
        lock (_lock)
        {
            // Two trims may end in the other order than they were written in.
            _extent = tail > _extent.Tail ? _extent with { Tail = tail } : _extent;
        }
    }

    /// <summary>Waits until the head lies behind a position.</summary>
    /// <param name="after">The last position the caller knows.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async ValueTask<LogPosition> WaitBehind(LogPosition after, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task moved;
            lock (_lock)
            {
                if (_extent.Head > after)
                {
                    return _extent.Head;
                }

                ObjectDisposedException.ThrowIf(_closed, typeof(SqliteEventLog));
                _moved ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                moved = _moved.Task;
            }

            await moved.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The log is closed; whoever waits learns it.</summary>
    public void Close()
    {
        TaskCompletionSource? moved;
        lock (_lock)
        {
            _closed = true;
            moved = _moved;
        }

        moved?.TrySetResult();
    }
}
