using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Azure.Logs;

/// <summary>The newest blocks of a partition in memory, without gap between them, so that an append reaches this process's readers without a request.</summary>
/// <param name="limit">How many bytes are kept; 0 keeps nothing.</param>
internal sealed class RecentBlocks(int limit)
{
    private readonly Lock _lock = new();
    private readonly List<EventBlock> _blocks = [];
    private int _bytes;

    /// <summary>Adds the partition's next block, or begins anew with it when it does not follow the newest.</summary>
    /// <param name="stored">The block.</param>
    public void Add(in StoredBlock stored)
    {
        if (limit == 0)
        {
            return;
        }

        var block = stored.ToEventBlock();
        lock (_lock)
        {
            if (_blocks.Count > 0 && _blocks[^1].Last.Next != block.First)
            {
                _blocks.Clear();
                _bytes = 0;
            }

            _blocks.Add(block);
            _bytes += block.Bytes.Length;
            Shrink();
        }
    }

    /// <summary>Finds the block that holds a position.</summary>
    /// <param name="position">The position.</param>
    /// <returns>The block, or null when it is not in memory.</returns>
    public EventBlock? Find(LogPosition position)
    {
        lock (_lock)
        {
            if (_blocks.Count == 0 || position < _blocks[0].First || position > _blocks[^1].Last)
            {
                return null;
            }

            var (low, high) = (0, _blocks.Count - 1);
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                (low, high) = _blocks[middle].First <= position ? (middle, high) : (low, middle - 1);
            }

            return _blocks[low];
        }
    }

    /// <summary>Forgets what has been trimmed.</summary>
    /// <param name="before">The oldest event that is kept.</param>
    public void Forget(LogPosition before)
    {
        lock (_lock)
        {
            Drop(_blocks.FindIndex(block => block.Last >= before) is >= 0 and var kept ? kept : _blocks.Count);
        }
    }

    private void Shrink()
    {
        var (surplus, bytes) = (0, _bytes);
        while (bytes > limit && surplus < _blocks.Count - 1)
        {
            bytes -= _blocks[surplus++].Bytes.Length;
        }

        Drop(surplus);
    }

    private void Drop(int count)
    {
        for (var index = 0; index < count; index++)
        {
            _bytes -= _blocks[index].Bytes.Length;
        }

        _blocks.RemoveRange(0, count);
    }
}
