using System.Buffers;
using System.IO.Hashing;
using ZstdSharp;

namespace Pudong.Twin.Storage.States;

/// <summary>Takes the chunks of a stored state in order, checks each and unpacks it at once, so that reading and unpacking overlap.</summary>
/// <param name="manifest">What was stored.</param>
/// <param name="decompressor">Used by nobody else until this decoder is disposed.</param>
internal sealed class StateDecoder(StateManifest manifest, Decompressor decompressor) : IDisposable
{
    private readonly SegmentBuffer _serialised = new();
    private int _taken;

    /// <summary>Takes the next chunk.</summary>
    /// <param name="chunk">Its bytes, which are not kept.</param>
    /// <exception cref="StateDamagedException">The chunk is not the one the manifest names.</exception>
    public void Add(ReadOnlySpan<byte> chunk)
    {
        if (_taken == manifest.Chunks.Count)
        {
            throw new StateDamagedException($"There is a chunk behind the {manifest.Chunks.Count} of the manifest.");
        }

        var expected = manifest.Chunks[_taken++];
        if (chunk.Length != expected.Length)
        {
            throw new StateDamagedException($"Chunk {_taken} of {manifest.Chunks.Count} has {chunk.Length} bytes; the manifest says {expected.Length}.");
        }

        if (XxHash3.HashToUInt64(chunk) != expected.Checksum)
        {
            throw new StateDamagedException($"Chunk {_taken} of {manifest.Chunks.Count} does not match its checksum.");
        }

        Unpack(chunk);
    }

    /// <summary>Ends the reading.</summary>
    /// <returns>The serialised state; valid until this decoder is disposed.</returns>
    /// <exception cref="StateDamagedException">Chunks are missing, or the state is shorter than the manifest says.</exception>
    public ReadOnlySequence<byte> Finish()
    {
        if (_taken != manifest.Chunks.Count)
        {
            throw new StateDamagedException($"Only {_taken} of {manifest.Chunks.Count} chunks are there.");
        }

        return _serialised.Length == manifest.Length
            ? _serialised.AsSequence()
            : throw new StateDamagedException($"The chunks unpack to {_serialised.Length} bytes; the manifest says {manifest.Length}.");
    }

    /// <inheritdoc/>
    public void Dispose() => _serialised.Dispose();

    private void Unpack(ReadOnlySpan<byte> chunk)
    {
        if (!manifest.Compressed)
        {
            _serialised.Write(chunk);
            return;
        }

        try
        {
            OperationStatus status;
            do
            {
                status = decompressor.UnwrapStream(chunk, _serialised.GetSpan(), out var consumed, out var written);
                chunk = chunk[consumed..];
                _serialised.Advance(written);
            }
            while ((!chunk.IsEmpty || status == OperationStatus.DestinationTooSmall) && _serialised.Length <= manifest.Length);
        }
        catch (ZstdException fault)
        {
            throw new StateDamagedException($"Chunk {_taken} of {manifest.Chunks.Count} does not unpack.", fault);
        }
    }
}
