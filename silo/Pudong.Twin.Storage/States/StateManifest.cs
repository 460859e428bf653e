using System.Buffers.Binary;
using System.IO.Hashing;

namespace Pudong.Twin.Storage.States;

/// <summary>What a stored state consists of: the chunks with their lengths and checksums, in order.</summary>
/// <param name="Length">How many bytes the serialised state has before compression.</param>
/// <param name="Compressed">Whether the chunks, one after the other, are a zstd frame; else they are the serialised state itself.</param>
/// <param name="Chunks">The chunks in order; a state has at least one byte and therefore at least one chunk.</param>
/// <remarks>
/// Written little-endian: magic <c>PTGS</c>, version (1 byte), compressed (1 byte), two zero bytes, length (8), number of chunks (4); for each chunk
/// its length (4) and its XXH3 (8); then the XXH3 of all that came before.
/// </remarks>
internal sealed record StateManifest(long Length, bool Compressed, IReadOnlyList<StateManifest.Chunk> Chunks)
{
    private const uint Magic = 0x53_47_54_50;
    private const byte Version = 1;
    private const int HeaderSize = 20;
    private const int ChunkSize = 12;
    private const int ChecksumSize = 8;

    /// <summary>A piece of a stored state.</summary>
    /// <param name="Length">Its length in bytes.</param>
    /// <param name="Checksum">Its XXH3.</param>
    internal readonly record struct Chunk(int Length, ulong Checksum);

    /// <summary>The manifest in its stored form: 40 bytes for a state of one chunk.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[HeaderSize + (Chunks.Count * ChunkSize) + ChecksumSize];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        bytes[4] = Version;
        bytes[5] = Compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), Chunks.Count);
        var rest = bytes.AsSpan(HeaderSize);
        foreach (var chunk in Chunks)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, chunk.Length);
            BinaryPrimitives.WriteUInt64LittleEndian(rest[4..], chunk.Checksum);
            rest = rest[ChunkSize..];
        }

        BinaryPrimitives.WriteUInt64LittleEndian(rest, XxHash3.HashToUInt64(bytes.AsSpan(..^ChecksumSize)));
        return bytes;
    }

    /// <summary>Reads a manifest from its stored form.</summary>
    /// <param name="bytes">What <see cref="ToBytes"/> wrote.</param>
    /// <exception cref="StateDamagedException">The bytes are not a manifest, or of a newer version, or damaged.</exception>
    public static StateManifest Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderSize + ChecksumSize || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
        {
            throw new StateDamagedException($"The manifest of {bytes.Length} bytes does not begin with its mark.");
        }

        if (bytes[4] != Version)
        {
            throw new StateDamagedException($"The manifest has version {bytes[4]}; this program reads version {Version}.");
        }

        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]);
        if (count < 1 || bytes.Length != HeaderSize + ((long)count * ChunkSize) + ChecksumSize)
        {
            throw new StateDamagedException($"The manifest of {bytes.Length} bytes claims {count} chunks, which do not fit.");
        }

        if (XxHash3.HashToUInt64(bytes[..^ChecksumSize]) != BinaryPrimitives.ReadUInt64LittleEndian(bytes[^ChecksumSize..]))
        {
            throw new StateDamagedException("The manifest's checksum is wrong.");
        }

        return new StateManifest(BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]), bytes[5] != 0, ReadChunks(bytes[HeaderSize..^ChecksumSize]));
    }

    private static Chunk[] ReadChunks(ReadOnlySpan<byte> bytes)
    {
        var chunks = new Chunk[bytes.Length / ChunkSize];
        for (var index = 0; index < chunks.Length; index++)
        {
            var entry = bytes.Slice(index * ChunkSize, ChunkSize);
            chunks[index] = new Chunk(BinaryPrimitives.ReadInt32LittleEndian(entry), BinaryPrimitives.ReadUInt64LittleEndian(entry[4..]));
        }

        return chunks;
    }
}
