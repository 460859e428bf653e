using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Grains.Partitions.Snapshots;

/// <summary>The binary form of a snapshot's chunks: a version byte, then marks and quarantine, or states back to back.</summary>
/// <remarks>Numbers are little-endian; a text or a list is led by its length as a 32-bit number. States have the form of <see cref="ElementStateCodec"/>.</remarks>
internal static class SnapshotCodec
{
    private const byte Version = 1;

    /// <summary>Writes the first chunk.</summary>
    public static byte[] Head(SnapshotCut cut)
    {
        var output = new ArrayBufferWriter<byte>(4_096);
        Byte(output, Version);
        Int32(output, cut.Marks.Length);
        foreach (var mark in cut.Marks)
        {
            Int64(output, mark.Position.Value);
            Int32(output, mark.Ordinal);
        }

        Int32(output, cut.Quarantine.Length);
        foreach (var entry in cut.Quarantine)
        {
            Int64(output, entry.Position.Value);
            Int64(output, entry.At);
            Int32(output, (int)entry.Refusal.Reason);
            Bytes(output, Encoding.UTF8.GetBytes(entry.Refusal.Message));
            Bytes(output, Encoding.UTF8.GetBytes(entry.Refusal.Pointer));
            Bytes(output, entry.Bytes.AsSpan());
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads the first chunk into a partition.</summary>
    /// <exception cref="InvalidDataException">The bytes have another form.</exception>
    public static void ReadHead(ReadOnlySpan<byte> input, PartitionContent content)
    {
        var reader = new Reader(input);
        reader.Expect(Version);
        var marks = new Cause[reader.Count(12)];
        for (var partition = 0; partition < marks.Length; partition++)
        {
            marks[partition] = new Cause(partition, new LogPosition(reader.Int64()), reader.Int32());
        }

        content.Marks.Restore(marks);
        for (var left = reader.Count(32); left > 0; left--)
        {
            var (position, at, reason) = (new LogPosition(reader.Int64()), reader.Int64(), (RefusalReason)reader.Int32());
            var refusal = new Refusal(reason, Encoding.UTF8.GetString(reader.Bytes()), Encoding.UTF8.GetString(reader.Bytes()));
            content.Quarantine.Add(new QuarantineEntry(position, refusal, at, [.. reader.Bytes()]));
        }

        reader.End();
    }

    /// <summary>Begins a chunk of states.</summary>
    public static void Begin(ArrayBufferWriter<byte> output)
    {
        output.ResetWrittenCount();
        Byte(output, Version);
    }

    /// <summary>Reads a chunk of states.</summary>
    /// <exception cref="InvalidDataException">The bytes have another form.</exception>
    public static void ReadStates(ReadOnlySpan<byte> input, List<ElementState> states)
    {
        new Reader(input).Expect(Version);
        input = input[1..];
        while (!input.IsEmpty)
        {
            states.Add(ElementStateCodec.Read(input, out var length));
            input = input[length..];
        }
    }

    private static void Byte(ArrayBufferWriter<byte> output, byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    private static void Int32(ArrayBufferWriter<byte> output, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(sizeof(int)), value);
        output.Advance(sizeof(int));
    }

    private static void Int64(ArrayBufferWriter<byte> output, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(sizeof(long)), value);
        output.Advance(sizeof(long));
    }

    private static void Bytes(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        Int32(output, bytes.Length);
        output.Write(bytes);
    }

    private ref struct Reader(ReadOnlySpan<byte> input)
    {
        private ReadOnlySpan<byte> _rest = input;

        public void Expect(byte version)
        {
            if (Take(1)[0] is var found && found != version)
            {
                throw new InvalidDataException($"The chunk has version {found}; this program reads version {version}.");
            }
        }

        public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

        public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

        public ReadOnlySpan<byte> Bytes() => Take(Int32());

        // A count that the bytes cannot hold must not reserve memory.
        public int Count(int smallest) => Int32() is var count && count >= 0 && count <= _rest.Length / smallest
            ? count
            : throw new InvalidDataException("The chunk ends before its lists do.");

        public readonly void End()
        {
            if (!_rest.IsEmpty)
            {
                throw new InvalidDataException($"{_rest.Length} bytes of the chunk are left over.");
            }
        }

        private ReadOnlySpan<byte> Take(int length)
        {
            if ((uint)length > (uint)_rest.Length)
            {
                throw new InvalidDataException("The chunk ends in the middle of a value.");
            }

            var taken = _rest[..length];
            _rest = _rest[length..];
            return taken;
        }
    }
}
