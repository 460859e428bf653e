using System.Buffers;

namespace Pudong.Twin.Storage.States;

/// <summary>Bytes in pooled segments, appended one after the other and read as one sequence. Disposing gives the memory back.</summary>
internal sealed class SegmentBuffer : IBufferWriter<byte>, IDisposable
{
    private const int SegmentSize = 256 * 1_024;

    private Segment? _first;
    private Segment? _last;

    /// <summary>How many bytes were written.</summary>
    public long Length { get; private set; }

    /// <summary>All bytes in order; valid until this buffer is disposed.</summary>
    public ReadOnlySequence<byte> AsSequence() =>
        _first is null ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(_first, 0, _last!, _last!.Used);

    /// <inheritdoc/>
    public void Advance(int count)
    {
        _last!.Used += count;
        Length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var size = Math.Max(1, sizeHint);
        if (_last is null || _last.Free < size)
        {
            _last = new Segment(ArrayPool<byte>.Shared.Rent(Math.Max(size, SegmentSize)), _last);
            _first ??= _last;
        }

        return _last.Rest;
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <inheritdoc/>
    public void Dispose()
    {
        for (var segment = _first; segment is not null; segment = (Segment?)segment.Next)
        {
            ArrayPool<byte>.Shared.Return(segment.Buffer);
        }

        (_first, _last, Length) = (null, null, 0);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] buffer, Segment? previous)
        {
            Buffer = buffer;
            if (previous is not null)
            {
                RunningIndex = previous.RunningIndex + previous.Used;
                previous.Next = this;
            }
        }

        public byte[] Buffer { get; }

        public int Used
        {
            get => Memory.Length;
            set => Memory = Buffer.AsMemory(0, value);
        }

        public int Free => Buffer.Length - Used;

        public Memory<byte> Rest => Buffer.AsMemory(Used);
    }
}
