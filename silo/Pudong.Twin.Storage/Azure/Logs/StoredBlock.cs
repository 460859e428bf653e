using System.Runtime.InteropServices;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Storage.Logs;

namespace Pudong.Twin.Storage.Azure.Logs;

/// <summary>A block as it lies in a segment: the shared header, the events, the trailer.</summary>
/// <param name="Header">Partition, positions and checksum.</param>
/// <param name="Trailer">Writer and place in the segment.</param>
/// <param name="Bytes">The events, each led by its length; a part of the memory it was read from.</param>
internal readonly record struct StoredBlock(LogBlockHeader Header, BlockTrailer Trailer, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>How many bytes a block needs beside its events.</summary>
    public const int Overhead = LogBlockHeader.Size + BlockTrailer.Size;

    /// <summary>The position of the last event.</summary>
    public LogPosition Last => Header.First + (Header.Count - 1);

    /// <summary>The size of the whole block.</summary>
    public int Size => Header.Length + Overhead;

    /// <summary>Reads the block at the beginning of some bytes.</summary>
    /// <param name="source">Bytes of a segment, from where a block begins.</param>
    /// <param name="block">The block.</param>
    /// <param name="needed">How many bytes the block has, when they are not all there.</param>
    /// <returns>Whether a whole block is there; false with <paramref name="needed"/> 0 when the bytes are no block, or a damaged one.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> source, out StoredBlock block, out int needed)
    {
        block = default;
        needed = LogBlockHeader.Size;
        if (source.Length < LogBlockHeader.Size)
        {
            return false;
        }

        needed = 0;
        if (!LogBlockHeader.TryRead(source.Span, out var header) || header.Length > int.MaxValue - Overhead)
        {
            return false;
        }

        if (source.Length < header.Length + Overhead)
        {
            needed = header.Length + Overhead;
            return false;
        }

        var bytes = source.Slice(LogBlockHeader.Size, header.Length);
        if (!BlockTrailer.TryRead(source.Span.Slice(LogBlockHeader.Size + header.Length, BlockTrailer.Size), out var trailer)
            || trailer.BlockSize != header.Length + Overhead
            || !header.Matches(bytes.Span))
        {
            return false;
        }

        block = new StoredBlock(header, trailer, bytes);
        return true;
    }

    /// <summary>The block for readers, with its own copy of the events.</summary>
    public EventBlock ToEventBlock() =>
        new(Header.Partition, Header.First, Header.Count, ImmutableCollectionsMarshal.AsImmutableArray(Bytes.ToArray()));
}
