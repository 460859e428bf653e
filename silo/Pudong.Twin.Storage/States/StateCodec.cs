using Microsoft.Extensions.ObjectPool;
using Orleans.Serialization;
using ZstdSharp;

namespace Pudong.Twin.Storage.States;

/// <summary>Turns states of grains into compressed, checked chunks and back: the form in which every adapter stores them.</summary>
/// <remarks>Orleans' binary serialiser, zstd as one stream, XXH3 for each chunk and for the manifest. Safe to use from many threads.</remarks>
internal sealed class StateCodec
{
    private readonly Serializer _serializer;
    private readonly GrainStateOptions _options;
    private readonly ObjectPool<Compressor> _compressors;
    private readonly ObjectPool<Decompressor> _decompressors;

    /// <summary>Makes a codec.</summary>
    /// <param name="serializer">Orleans' binary serialiser.</param>
    /// <param name="options">Checked before.</param>
    public StateCodec(Serializer serializer, GrainStateOptions options)
    {
        _serializer = serializer;
        _options = options;
        var pools = new DefaultObjectPoolProvider();
        _compressors = pools.Create(new CompressorPolicy(options.CompressionLevel));
        _decompressors = pools.Create(new DecompressorPolicy());
    }

    /// <summary>A state as it is before anything was stored, made the way Orleans makes it.</summary>
    public T New<T>() => _serializer.SessionPool.CodecProvider.GetActivator<T>().Create();

    /// <summary>Serialises and compresses a state.</summary>
    /// <param name="state">The state, which may be null.</param>
    /// <param name="cut">Called for each chunk as soon as it is full, so that it can be stored while the next is compressed.</param>
    /// <returns>The chunks; dispose them when they are stored.</returns>
    public EncodedState Encode<T>(T? state, Action<ReadOnlyMemory<byte>>? cut = null)
    {
        var compressor = _compressors.Get();
        try
        {
            using var encoder = new StateEncoder(compressor, _options.ChunkSize, cut);
            _serializer.Serialize(state, encoder);
            return encoder.Finish();
        }
        finally
        {
            _compressors.Return(compressor);
        }
    }

    /// <summary>Unpacks a state whose chunks arrive one after the other.</summary>
    /// <param name="manifest">What was stored.</param>
    /// <param name="chunks">The chunks in order; each is used before the next is asked for.</param>
    /// <param name="cancellationToken">Ends the reading between two chunks.</param>
    /// <exception cref="StateDamagedException">What is stored is not what was written.</exception>
    public async ValueTask<T?> Decode<T>(StateManifest manifest, IAsyncEnumerable<ReadOnlyMemory<byte>> chunks, CancellationToken cancellationToken = default)
    {
        var decompressor = _decompressors.Get();
        try
        {
            using var decoder = new StateDecoder(manifest, decompressor);
            await foreach (var chunk in chunks.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                decoder.Add(chunk.Span);
            }

            return _serializer.Deserialize<T>(decoder.Finish());
        }
        finally
        {
            _decompressors.Return(decompressor);
        }
    }

    /// <summary>Unpacks a state whose chunks are at hand.</summary>
    /// <param name="manifest">What was stored.</param>
    /// <param name="feed">Adds the chunks in order.</param>
    /// <exception cref="StateDamagedException">What is stored is not what was written.</exception>
    public T? Decode<T>(StateManifest manifest, Action<StateDecoder> feed)
    {
        var decompressor = _decompressors.Get();
        try
        {
            using var decoder = new StateDecoder(manifest, decompressor);
            feed(decoder);
            return _serializer.Deserialize<T>(decoder.Finish());
        }
        finally
        {
            _decompressors.Return(decompressor);
        }
    }

    private sealed class CompressorPolicy(int level) : PooledObjectPolicy<Compressor>
    {
        public override Compressor Create() => new(level);

        public override bool Return(Compressor obj)
        {
            obj.ResetStream();
            return true;
        }
    }

    private sealed class DecompressorPolicy : PooledObjectPolicy<Decompressor>
    {
        public override Decompressor Create() => new();

        public override bool Return(Decompressor obj)
        {
            obj.ResetStream();
            return true;
        }
    }
}
