using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Azure.Logs;

/// <summary>Batches of one partition that wait to be appended; while one block is on its way, the next one gathers.</summary>
/// <param name="blockBytes">How many bytes make a block; a larger batch is a block of its own.</param>
internal sealed class AppendQueue(int blockBytes)
{
    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting = [];
    private bool _running;

    /// <summary>A batch and who waits for its position.</summary>
    internal sealed class Waiting(EventBatch batch) : TaskCompletionSource<LogPosition>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        /// <summary>The batch.</summary>
        public EventBatch Batch { get; } = batch;
    }

    /// <summary>Adds a batch.</summary>
    /// <param name="waiting">The batch.</param>
    /// <returns>Whether nobody empties the queue, so that the caller has to see to it.</returns>
    public bool Add(Waiting waiting)
    {
        lock (_lock)
        {
            _waiting.Enqueue(waiting);
            var idle = !_running;
            _running = true;
            return idle;
        }
    }

    /// <summary>Takes the batches of the next block.</summary>
    /// <returns>At least one batch; or none, and then nobody empties the queue any more.</returns>
    public List<Waiting> Take()
    {
        lock (_lock)
        {
            var group = new List<Waiting>();
            var bytes = 0L;
            while (_waiting.TryPeek(out var next) && (group.Count == 0 || bytes + next.Batch.Bytes.Length <= blockBytes))
            {
                bytes += next.Batch.Bytes.Length;
                group.Add(_waiting.Dequeue());
            }

            _running = group.Count > 0;
            return group;
        }
    }

    /// <summary>Takes all that waits, to refuse it; the queue goes on.</summary>
    public List<Waiting> TakeAll()
    {
        lock (_lock)
        {
            var all = _waiting.ToList();
            _waiting.Clear();
            return all;
        }
    }
}
