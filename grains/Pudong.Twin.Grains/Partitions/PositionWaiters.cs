using Pudong.Twin.Contracts.Partitions;
using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Grains.Partitions;

/// <summary>Callers that wait until something has reached a position. Not safe for many threads.</summary>
internal sealed class PositionWaiters(int limit)
{
    private readonly PriorityQueue<TaskCompletionSource<LogPosition>, long> _waiting = new();

    /// <summary>Waits until a position is reached.</summary>
    /// <param name="wanted">The position.</param>
    /// <param name="reached">What is reached now.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What was reached then.</returns>
    /// <exception cref="PartitionBusyException">As many wait as are allowed.</exception>
    public ValueTask<LogPosition> WaitFor(LogPosition wanted, LogPosition reached, CancellationToken cancellationToken)
    {
        if (reached >= wanted)
        {
            return ValueTask.FromResult(reached);
        }

        Prune();
        if (_waiting.Count >= limit)
        {
            throw new PartitionBusyException($"{limit} callers wait for the partition already, as many as Twin:Partitions:WaiterLimit allows; try again later.");
        }

        var waiter = new TaskCompletionSource<LogPosition>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue(waiter, wanted.Value);
        if (cancellationToken.CanBeCanceled)
        {
            var registration = cancellationToken.UnsafeRegister(
                static (state, token) => ((TaskCompletionSource<LogPosition>)state!).TrySetCanceled(token), waiter);
            return Unregistered(waiter.Task, registration);
        }

        return new ValueTask<LogPosition>(waiter.Task);
    }

    /// <summary>Lets those go on whose position is reached.</summary>
    /// <param name="reached">The position.</param>
    public void Reach(LogPosition reached)
    {
        while (_waiting.TryPeek(out var waiter, out var wanted) && (wanted <= reached.Value || waiter.Task.IsCompleted))
        {
            _waiting.Dequeue();
            waiter.TrySetResult(reached);
        }
    }

    /// <summary>Lets all go with an error.</summary>
    /// <param name="error">What they are told.</param>
    public void Fail(Exception error)
    {
        while (_waiting.TryDequeue(out var waiter, out _))
        {
            waiter.TrySetException(error);
        }
    }

    // Those that gave up would otherwise count until their position is reached.
    private void Prune()
    {
        if (_waiting.Count < limit)
        {
            return;
        }

        var kept = new List<(TaskCompletionSource<LogPosition>, long)>(_waiting.Count);
        foreach (var (waiter, wanted) in _waiting.UnorderedItems)
        {
            if (!waiter.Task.IsCompleted)
            {
                kept.Add((waiter, wanted));
            }
        }

        _waiting.Clear();
        _waiting.EnqueueRange(kept);
    }

    private static async ValueTask<LogPosition> Unregistered(Task<LogPosition> task, CancellationTokenRegistration registration)
    {
        using (registration)
        {
            return await task;
        }
    }
}
