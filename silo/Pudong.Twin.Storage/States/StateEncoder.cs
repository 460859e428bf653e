using System.Buffers;
using ZstdSharp;

namespace Pudong.Twin.Storage.States;

/// <summary>Compresses what a serialiser writes as it comes and cuts the result into chunks; the whole state never lies in one buffer.</summary>
internal sealed class StateEncoder : IBufferWriter<byte>, IDisposable
{
    /// <summary>Serialised states below this size are stored as they are: zstd's frame and dictionary gain nothing on them.</summary>
    internal const int SmallState = 512;

    private const int SegmentSize = 128 * 1_024;

    private readonly Compressor _compressor;
    private readonly int _chunkSize;
    private readonly Action<ReadOnlyMemory<byte>>? _cut;
    private byte[] _segment = ArrayPool<byte>.Shared.Rent(SegmentSize);
    private int _used;
    private byte[] _chunk;
    private int _filled;
    private long _length;
    private EncodedState? _state = new();

    /// <summary>Begins a state.</summary>
    /// <param name="compressor">Used by nobody else until this encoder is disposed.</param>
    /// <param name="chunkSize">Where to cut, in bytes.</param>
    /// <param name="cut">Called for each chunk when it is complete.</param>
    public StateEncoder(Compressor compressor, int chunkSize, Action<ReadOnlyMemory<byte>>? cut = null)
    {
        _cut = cut;
        _compressor = compressor;
        _chunkSize = chunkSize;
        _chunk = ArrayPool<byte>.Shared.Rent(chunkSize);
    }

    /// <inheritdoc/>
    public void Advance(int count) => _used += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _segment.AsMemory(_used);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _segment.AsSpan(_used);
    }

    /// <summary>Ends the state.</summary>
    /// <returns>The chunks, which now belong to the caller.</returns>
    public EncodedState Finish()
    {
        var state = _state ?? throw new InvalidOperationException("The state has been finished already.");
        var compress = _length > 0 || _used >= SmallState;
        if (compress)
        {
            Compress(isFinal: true);
        }
        else
        {
            _segment.AsSpan(0, _used).CopyTo(_chunk);
            (_filled, _length) = (_used, _used);
        }

        Cut();
        state.Finish(_length, compress);
        _state = null;
        return state;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_segment);
        ArrayPool<byte>.Shared.Return(_chunk);
        if (_cut is null)
        {
            // Whoever was told of chunks may still be reading them; then the garbage collector takes them.
            _state?.Dispose();
        }
    }

    private void Reserve(int size)
    {
        if (_segment.Length - _used >= size)
        {
            return;
        }

        Compress(isFinal: false);
        if (_segment.Length < size)
        {
            ArrayPool<byte>.Shared.Return(_segment);
            _segment = ArrayPool<byte>.Shared.Rent(size);
        }
    }

    private void Compress(bool isFinal)
    {
        var source = _segment.AsSpan(0, _used);
        OperationStatus status;
        do
        {
            status = _compressor.WrapStream(source, _chunk.AsSpan(_filled, _chunkSize - _filled), out var consumed, out var written, isFinal);
            source = source[consumed..];
            _filled += written;
            if (_filled == _chunkSize)
            {
                Cut();
                _chunk = ArrayPool<byte>.Shared.Rent(_chunkSize);
            }
        }
        while (!source.IsEmpty || status == OperationStatus.DestinationTooSmall);

        _length += _used;
        _used = 0;
    }

    private void Cut()
    {
        if (_filled > 0)
        {
            _state!.Add(_chunk, _filled);
            _cut?.Invoke(_chunk.AsMemory(0, _filled));
            (_chunk, _filled) = ([], 0);
        }
    }
}
