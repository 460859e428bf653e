using System.Buffers.Binary;
using System.IO.Hashing;

namespace Pudong.Twin.Storage.Azure.Logs;

/// <summary>What stands behind the bytes of a block in an append blob: who wrote it, and where it begins, so that the newest block is found from the blob's end.</summary>
/// <param name="Writer">The log instance that wrote the block.</param>
/// <param name="Sequence">The writer's number of the block; with <paramref name="Writer"/> it is unique, which shows whether an unanswered append came through.</param>
/// <param name="Ordinal">The block's number in its segment, from 0.</param>
/// <param name="Closes">Whether the segment ends with this block and the next one is to be begun.</param>
/// <param name="BlockSize">The size of the whole block: header, bytes and trailer.</param>
/// <remarks>
/// Written little-endian in 48 bytes: writer (16), sequence (8), ordinal (4), closes (1), three zero bytes, block size (4), magic <c>PTLE</c>, XXH3 of the 40 bytes before (8).
/// </remarks>
internal readonly record struct BlockTrailer(Guid Writer, long Sequence, int Ordinal, bool Closes, int BlockSize)
{
    /// <summary>How many bytes a trailer has.</summary>
    public const int Size = 48;

    private const uint Magic = 0x45_4C_54_50;

    /// <summary>Reads a trailer.</summary>
    /// <param name="bytes">Its bytes, <see cref="Size"/> of them.</param>
    /// <param name="trailer">The trailer.</param>
    /// <returns>Whether the bytes are a trailer and undamaged.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out BlockTrailer trailer)
    {
        trailer = default;
        if (bytes.Length != Size
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[36..]) != Magic
            || BinaryPrimitives.ReadUInt64LittleEndian(bytes[40..]) != XxHash3.HashToUInt64(bytes[..40]))
        {
            return false;
        }

        trailer = new BlockTrailer(
            new Guid(bytes[..16]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]),
            bytes[28] != 0,
            BinaryPrimitives.ReadInt32LittleEndian(bytes[32..]));
        return true;
    }

    /// <summary>Writes the trailer.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void WriteTo(Span<byte> destination)
    {
        destination[..Size].Clear();
        Writer.TryWriteBytes(destination);
        BinaryPrimitives.WriteInt64LittleEndian(destination[16..], Sequence);
        BinaryPrimitives.WriteInt32LittleEndian(destination[24..], Ordinal);
        destination[28] = Closes ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(destination[32..], BlockSize);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[36..], Magic);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[40..], XxHash3.HashToUInt64(destination[..40]));
    }
}
