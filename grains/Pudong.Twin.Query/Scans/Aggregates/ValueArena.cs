using System.Buffers;

namespace Pudong.Twin.Query.Scans.Aggregates;

/// <summary>Room for the values of many groups, in chunks cut from few large arrays that one query hands on to the next.</summary>
/// <remarks>An array for each group would grow by copying, and every query would leave its megabytes to the collector: that cost more than the scan itself.</remarks>
internal sealed class ValueArena<T>
    where T : unmanaged
{
    /// <summary>Values in a chunk.</summary>
    public const int ChunkSize = 512;

    private const int ChunksInSlab = 128;

    private readonly List<T[]> _slabs = [];
    private int _chunks;

    /// <summary>Takes a chunk that nobody has.</summary>
    /// <returns>Its number.</returns>
    public int Take()
    {
        if (_chunks == _slabs.Count * ChunksInSlab)
        {
            _slabs.Add(ArrayPool<T>.Shared.Rent(ChunkSize * ChunksInSlab));
        }

        return _chunks++;
    }

    /// <summary>The array that holds a chunk, and where the chunk begins in it.</summary>
    public (T[] Slab, int Start) Find(int chunk) => (_slabs[chunk / ChunksInSlab], chunk % ChunksInSlab * ChunkSize);

    /// <summary>Gives all chunks back; their values are gone.</summary>
    public void Release()
    {
        foreach (var slab in _slabs)
        {
            ArrayPool<T>.Shared.Return(slab);
        }

        _slabs.Clear();
        _chunks = 0;
    }
}
