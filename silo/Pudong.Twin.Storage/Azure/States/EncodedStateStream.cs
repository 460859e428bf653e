using System.Buffers.Binary;
using Pudong.Twin.Storage.States;

namespace Pudong.Twin.Storage.Azure.States;

/// <summary>A state as the bytes of its blob, without one buffer for all of it: the manifest's length (4 bytes, little-endian), the manifest, the chunks.</summary>
/// <remarks>It can be read again from the beginning, as a repeated request does.</remarks>
internal sealed class EncodedStateStream : Stream
{
    private readonly EncodedState _state;
    private readonly byte[] _head;
    private int _part;
    private int _offset;
    private long _position;

    /// <summary>Makes a stream.</summary>
    /// <param name="state">Not disposed before the stream has been read.</param>
    public EncodedStateStream(EncodedState state)
    {
        _state = state;
        var manifest = state.Manifest.ToBytes();
        _head = new byte[sizeof(int) + manifest.Length];
        BinaryPrimitives.WriteInt32LittleEndian(_head, manifest.Length);
        manifest.CopyTo(_head, sizeof(int));
        Length = _head.Length + state.Manifest.Chunks.Sum(chunk => (long)chunk.Length);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length { get; }

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (_part <= _state.Count)
        {
            var rest = PartAt(_part)[_offset..];
            if (rest.IsEmpty)
            {
                (_part, _offset) = (_part + 1, 0);
                continue;
            }

            var count = Math.Min(buffer.Length, rest.Length);
            rest.Span[..count].CopyTo(buffer);
            _offset += count;
            _position += count;
            return count;
        }

        return 0;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer, offset, count));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin)
    {
        _position = offset + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => _position, _ => Length };
        var rest = _position;
        for (_part = 0; _part <= _state.Count && rest > PartAt(_part).Length; _part++)
        {
            rest -= PartAt(_part).Length;
        }

        _offset = (int)rest;
        return _position;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException("A stored state is not changed.");

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A stored state is not changed.");

    private ReadOnlyMemory<byte> PartAt(int part) => part == 0 ? _head : _state[part - 1];
}
