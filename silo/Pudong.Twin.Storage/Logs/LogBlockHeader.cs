using System.Buffers.Binary;
using System.IO.Hashing;
using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Storage.Logs;

/// <summary>What stands before the bytes of a block where a log stores blocks back to back.</summary>
/// <param name="Partition">The partition, from 0.</param>
/// <param name="First">The position of the first event.</param>
/// <param name="Count">How many events, at least one.</param>
/// <param name="Length">How many bytes follow the header.</param>
/// <param name="Checksum">The <see cref="ChecksumOf"/> the block.</param>
/// <remarks>Written little-endian in 40 bytes: magic <c>PTLB</c>, version (1 byte), three zero bytes, partition (4), count (4), first position (8), length (4), four zero bytes, checksum (8).</remarks>
internal readonly record struct LogBlockHeader(int Partition, LogPosition First, int Count, int Length, ulong Checksum)
{
    /// <summary>How many bytes a header has.</summary>
    public const int Size = 40;

    private const uint Magic = 0x42_4C_54_50;
    private const byte Version = 1;

    /// <summary>The header of a block.</summary>
    /// <param name="partition">The partition, from 0.</param>
    /// <param name="first">The position of the first event.</param>
    /// <param name="count">How many events.</param>
    /// <param name="bytes">The events, each led by its length.</param>
    public static LogBlockHeader Of(int partition, LogPosition first, int count, ReadOnlySpan<byte> bytes) =>
        new(partition, first, count, bytes.Length, ChecksumOf(partition, first, count, bytes));

    /// <summary>The XXH3 of a block's bytes, seeded with its place, so that a block in the wrong place is a damaged one.</summary>
    /// <param name="partition">The partition, from 0.</param>
    /// <param name="first">The position of the first event.</param>
    /// <param name="count">How many events.</param>
    /// <param name="bytes">The events, each led by its length.</param>
    public static ulong ChecksumOf(int partition, LogPosition first, int count, ReadOnlySpan<byte> bytes)
    {
        Span<byte> place = stackalloc byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(place, partition);
        BinaryPrimitives.WriteInt32LittleEndian(place[4..], count);
        BinaryPrimitives.WriteInt64LittleEndian(place[8..], first.Value);
        return XxHash3.HashToUInt64(bytes, unchecked((long)XxHash3.HashToUInt64(place)));
    }

    /// <summary>Reads a header.</summary>
    /// <param name="bytes">At least <see cref="Size"/> bytes, else there is no header.</param>
    /// <param name="header">The header, whose checksum is still to be compared with the bytes that follow.</param>
    /// <returns>Whether the bytes begin with a header of a version this program reads.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out LogBlockHeader header)
    {
        header = default;
        if (bytes.Length < Size || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic || bytes[4] != Version)
        {
            return false;
        }

        header = new LogBlockHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            new LogPosition(BinaryPrimitives.ReadInt64LittleEndian(bytes[16..])),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]));
        return header is { Partition: >= 0, First.Value: > 0, Count: > 0, Length: > 0 };
    }

    /// <summary>Writes the header.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void WriteTo(Span<byte> destination)
    {
        destination[..Size].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Magic);
        destination[4] = Version;
        BinaryPrimitives.WriteInt32LittleEndian(destination[8..], Partition);
        BinaryPrimitives.WriteInt32LittleEndian(destination[12..], Count);
        BinaryPrimitives.WriteInt64LittleEndian(destination[16..], First.Value);
        BinaryPrimitives.WriteInt32LittleEndian(destination[24..], Length);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[32..], Checksum);
    }

    /// <summary>Whether bytes are the ones this header was written for.</summary>
    /// <param name="bytes">What follows the header, <see cref="Length"/> bytes.</param>
    public bool Matches(ReadOnlySpan<byte> bytes) => bytes.Length == Length && ChecksumOf(Partition, First, Count, bytes) == Checksum;
}
