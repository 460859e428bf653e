using System.Buffers;
using System.IO.Hashing;

namespace Pudong.Twin.Storage.States;

/// <summary>A state ready to be stored: chunks in pooled memory and the manifest that describes them. Disposing gives the memory back.</summary>
internal sealed class EncodedState : IDisposable
{
    private readonly List<byte[]> _buffers = [];
    private readonly List<StateManifest.Chunk> _chunks = [];

    /// <summary>What the chunks are, to be stored after them.</summary>
    public StateManifest Manifest { get; private set; } = new(0, false, []);

    /// <summary>How many chunks there are, at least one.</summary>
    public int Count => _chunks.Count;

    /// <summary>The bytes of a chunk.</summary>
    /// <param name="index">From 0.</param>
    public ReadOnlyMemory<byte> this[int index] => _buffers[index].AsMemory(0, _chunks[index].Length);

    /// <summary>Takes a pooled buffer over as the next chunk.</summary>
    internal void Add(byte[] buffer, int length)
    {
        _buffers.Add(buffer);
        _chunks.Add(new StateManifest.Chunk(length, XxHash3.HashToUInt64(buffer.AsSpan(0, length))));
    }

    /// <summary>Ends the state.</summary>
    internal void Finish(long length, bool compressed) => Manifest = new StateManifest(length, compressed, _chunks);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var buffer in _buffers)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        _buffers.Clear();
        _chunks.Clear();
    }
}
