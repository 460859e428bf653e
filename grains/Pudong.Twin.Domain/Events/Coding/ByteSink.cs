using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Pudong.Twin.Domain.Events.Coding;

/// <summary>Writes numbers and texts, little endian, into a buffer writer.</summary>
internal ref struct ByteSink(IBufferWriter<byte> writer)
{
    private Span<byte> _span = writer.GetSpan(256);
    private int _used;

    public void Byte(byte value)
    {
        Reserve(1);
        _span[_used++] = value;
    }

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void UInt32(uint value)
    {
        Reserve(sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(_span[_used..], value);
        _used += sizeof(uint);
    }

    public void Int64(long value)
    {
        Reserve(sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(_span[_used..], value);
        _used += sizeof(long);
    }

    public void Double(double value) => Int64(BitConverter.DoubleToInt64Bits(value));

    /// <summary>A number of 0 or more in 1 to 10 bytes, 7 bits each.</summary>
    public void Count(ulong value)
    {
        Reserve(10);
        while (value >= 0x80)
        {
            _span[_used++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _span[_used++] = (byte)value;
    }

    /// <summary>A number with sign, small ones in few bytes.</summary>
    public void Signed(long value) => Count((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>A text: its length in bytes, then UTF-8.</summary>
    public void Text(string value)
    {
        const int ShortLength = 42;
        Reserve((value.Length * 3) + 5);
        if (value.Length <= ShortLength)
        {
            // At most 126 bytes, so that the length is one byte and can be filled in afterwards.
            var length = Encoding.UTF8.GetBytes(value, _span[(_used + 1)..]);
            _span[_used] = (byte)length;
            _used += length + 1;
            return;
        }

        Count((ulong)Encoding.UTF8.GetByteCount(value));
        _used += Encoding.UTF8.GetBytes(value, _span[_used..]);
    }

    /// <summary>A text that is UTF-8 already.</summary>
    public void Text(ReadOnlySpan<byte> value)
    {
        Count((ulong)value.Length);
        Reserve(value.Length);
        value.CopyTo(_span[_used..]);
        _used += value.Length;
    }

    /// <summary>Hands everything over to the buffer writer.</summary>
    public readonly void Complete() => writer.Advance(_used);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Reserve(int size)
    {
        if (_span.Length - _used < size)
        {
            Grow(size);
        }
    }

    private void Grow(int size)
    {
        writer.Advance(_used);
        _span = writer.GetSpan(Math.Max(size, 512));
        _used = 0;
    }
}
