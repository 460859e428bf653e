using System.Runtime.CompilerServices;
using CsCheck;
using Pudong.Twin.Storage.States;
using Xunit;

namespace Pudong.Twin.Storage.Tests.States;

public sealed class StateCodecTests
{
    private static readonly Gen<byte[]> AnyBytes = Gen.OneOf(
        Gen.Byte.Array[0, 2_000],
        Gen.Select(Gen.Int[0, 600_000], Gen.Int[1, 255], Gen.Int, (length, spread, seed) => Bytes(length, spread, seed)));

    [Fact]
    public void Decode_OfWhatWasEncoded_IsTheState() =>
        Gen.Select(AnyBytes, Gen.Int[16, 300]).Sample(
            (bytes, kibibytes) =>
            {
                var codec = CodecFixture.Codec(kibibytes * 1_024);
                using var encoded = codec.Encode(bytes);
                var manifest = StateManifest.Read(encoded.Manifest.ToBytes());
                return bytes.AsSpan().SequenceEqual(Decode(codec, manifest, Chunks(encoded)).Result);
            },
            iter: 200);

    [Fact]
    public void Encode_OfALargeState_CutsIntoChunksOfTheOptionsSize()
    {
        using var encoded = CodecFixture.Codec(16 * 1_024).Encode(Bytes(1_000_000, 255, 1));

        Assert.All(Enumerable.Range(0, encoded.Count - 1), index => Assert.Equal(16 * 1_024, encoded[index].Length));
        Assert.InRange(encoded.Count, 60, 64);
    }

    [Fact]
    public async Task Decode_OfNull_IsNull()
    {
        var codec = CodecFixture.Codec();
        using var encoded = codec.Encode<byte[]?>(null);

        Assert.Null(await Decode(codec, encoded.Manifest, Chunks(encoded)));
    }

    [Theory]
    [InlineData(0, "Chunk 1 of")]
    [InlineData(2, "Chunk 3 of")]
    public async Task Decode_WithAFlippedBit_NamesTheChunk(int damaged, string named)
    {
        var codec = CodecFixture.Codec(16 * 1_024);
        using var encoded = codec.Encode(Bytes(200_000, 255, 2));
        var chunks = Chunks(encoded);
        chunks[damaged][77] ^= 4;

        var fault = await Assert.ThrowsAsync<StateDamagedException>(() => Decode(codec, encoded.Manifest, chunks));

        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decode_WithAChunkMissing_SaysHowManyAreThere()
    {
        var codec = CodecFixture.Codec(16 * 1_024);
        using var encoded = codec.Encode(Bytes(40_000, 255, 3));

        var fault = await Assert.ThrowsAsync<StateDamagedException>(() => Decode(codec, encoded.Manifest, Chunks(encoded)[..^1]));

        Assert.Equal("Only 2 of 3 chunks are there.", fault.Message);
    }

    [Fact]
    public async Task Decode_AfterADamagedState_StillReadsGoodOnes()
    {
        var codec = CodecFixture.Codec(16 * 1_024);
        var bytes = Bytes(200_000, 255, 4);
        using var encoded = codec.Encode(bytes);
        await Assert.ThrowsAsync<StateDamagedException>(() => Decode(codec, encoded.Manifest, Chunks(encoded)[..2]));

        Assert.Equal(bytes, await Decode(codec, encoded.Manifest, Chunks(encoded)));
    }

    [Fact]
    public void Read_OfADamagedManifest_Refuses()
    {
        using var encoded = CodecFixture.Codec(16 * 1_024).Encode(Bytes(200_000, 255, 5));
        var bytes = encoded.Manifest.ToBytes();

        Assert.All(
            Enumerable.Range(0, bytes.Length).Where(index => index is not (6 or 7)),
            index =>
            {
                var damaged = bytes.ToArray();
                damaged[index] ^= 1;
                Assert.Throws<StateDamagedException>(() => StateManifest.Read(damaged));
            });
    }

    internal static byte[] Bytes(int length, int spread, int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[length];
        for (var index = 0; index < length; index++)
        {
            bytes[index] = (byte)random.Next(spread);
        }

        return bytes;
    }

    private static byte[][] Chunks(EncodedState encoded) => [.. Enumerable.Range(0, encoded.Count).Select(index => encoded[index].ToArray())];

    private static Task<byte[]?> Decode(StateCodec codec, StateManifest manifest, byte[][] chunks) =>
        codec.Decode<byte[]>(manifest, Walk(chunks)).AsTask();

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Walk(byte[][] chunks, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var chunk in chunks)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return chunk;
        }
    }
}
