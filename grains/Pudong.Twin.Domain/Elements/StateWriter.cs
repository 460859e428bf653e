using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Pudong.Twin.Domain.Elements;

/// <summary>Writes one entry of a list.</summary>
internal delegate void EntryWriter<T>(StateWriter writer, in T entry);

/// <summary>Writes the binary form of states: whole numbers as LEB128 (signed ones zigzag), doubles as their bits little-endian, texts as length and UTF-8.</summary>
/// <param name="output">Where the bytes go.</param>
/// <param name="withPositions">Whether places in the log are written: snapshots need them, the state hash must not depend on them.</param>
internal sealed class StateWriter(IBufferWriter<byte> output, bool withPositions)
{
    private const int LongestNumber = 10;

    public bool WithPositions { get; } = withPositions;

    public void Byte(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    public void Truth(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Count(int value) => Number((ulong)value);

    public void Number(ulong value)
    {
        var span = output.GetSpan(LongestNumber);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        output.Advance(length);
    }

    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Bits(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(output.GetSpan(sizeof(ulong)), value);
        output.Advance(sizeof(ulong));
    }

    public void Double(double value) => Bits(BitConverter.DoubleToUInt64Bits(value));

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Count(length);
        output.Advance(Encoding.UTF8.GetBytes(value, output.GetSpan(Math.Max(1, length))));
    }

    public void Id(ElementId id) => Text(id.ToString());

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Count(value.Length);
        output.Write(value);
    }

    /// <summary>Writes a list: its length and its entries. A default one is written as empty.</summary>
    public void List<T>(ImmutableArray<T> list, EntryWriter<T> write)
    {
        Count(list.IsDefault ? 0 : list.Length);
        foreach (ref readonly var entry in list.AsSpan())
        {
            write(this, entry);
        }
    }
}
