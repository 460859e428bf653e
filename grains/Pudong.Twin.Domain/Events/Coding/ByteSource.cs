using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Domain.Events.Coding;

/// <summary>Reads numbers and texts, little endian; whatever is not there is an <see cref="EventFormatException"/>.</summary>
internal ref struct ByteSource(ReadOnlySpan<byte> bytes, EventStrings strings)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public readonly int Position => _at;

    public readonly int Left => _bytes.Length - _at;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Byte()
    {
        if ((uint)_at >= (uint)_bytes.Length)
        {
            EndsTooEarly();
        }

        return _bytes[_at++];
    }

    public bool Flag()
    {
        var value = Byte();
        return value <= 1 ? value == 1 : throw IsNoTruth(value);
    }

    /// <summary>Some bytes as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Take(int size)
    {
        if (size > _bytes.Length - _at)
        {
            EndsTooEarly();
        }

        var taken = _bytes.Slice(_at, size);
        _at += size;
        return taken;
    }

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public double Double() => BitConverter.Int64BitsToDouble(Int64());

    /// <summary>A finite number.</summary>
    public double Finite()
    {
        var value = Double();
        if (!double.IsFinite(value))
        {
            IsNotFinite();
        }

        return value;
    }

    public ulong Count()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Wrong("a number has more than 64 bits");
    }

    public long Signed()
    {
        var value = Count();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A count of things of a least size, so that wrong bytes cannot ask for more memory than they are worth.</summary>
    public int Items(int leastSize)
    {
        var count = Count();
        return count <= (ulong)(Left / leastSize) ? (int)count : throw AreTooMany(count);
    }

    /// <summary>A number that fits an index.</summary>
    public int Index(int limit)
    {
        var index = Count();
        return index < (ulong)limit ? (int)index : throw IsNoIndex(index, limit);
    }

    public string Text() => EventStrings.New(Bytes());

    /// <summary>A text, or its characters in place of it where they are ASCII: then the text itself is null.</summary>
    public string? Text(out AsciiText spelled)
    {
        var text = Bytes();
        var isAscii = text.Length > 0 && Ascii.IsValid(text);
        spelled = isAscii ? strings.Keep(text) : default;
        return isAscii ? null : EventStrings.New(text);
    }

    public ElementKind? Kind(ModelPackage package, string name) => strings.Kind(package, name);

    public string Source() => strings.Source(Bytes());

    public ElementId Id()
    {
        var text = Bytes();
        return strings.Id(text) ?? throw IsNoId(text.Length);
    }

    public readonly EventFormatException Wrong(string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The bytes are no event: before byte {_at} of {_bytes.Length}, {what}."));

    // Almost every text is shorter than 128 bytes, and then its length is one byte.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Bytes() =>
        _at < _bytes.Length && _bytes[_at] < 0x80 ? Take(_bytes[_at++]) : Take(Items(1));

    // The messages stand apart, lest their making burden what reads right bytes.
    private readonly EventFormatException IsNoTruth(byte value) => Wrong($"a truth value is {value}; expected 0 or 1");

    private readonly EventFormatException AreTooMany(ulong count) =>
        Wrong(string.Create(CultureInfo.InvariantCulture, $"{count} items are announced, more than there are bytes"));

    private readonly EventFormatException IsNoIndex(ulong index, int limit) =>
        Wrong(string.Create(CultureInfo.InvariantCulture, $"an index is {index}; expected less than {limit}"));

    private readonly EventFormatException IsNoId(int length) => Wrong(string.Create(CultureInfo.InvariantCulture, $"{length} bytes are no element id"));

    [DoesNotReturn]
    private readonly void IsNotFinite() => throw Wrong("a number is not finite");

    [DoesNotReturn]
    private readonly void EndsTooEarly() => throw Wrong("the bytes end too early");
}
