using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Pudong.Twin.Domain.Elements;

/// <summary>Reads one entry of a list.</summary>
internal delegate T EntryReader<T>(ref StateReader reader);

/// <summary>Reads what <see cref="StateWriter"/> writes, with positions.</summary>
/// <exception cref="InvalidDataException">The bytes end too early or cannot be what was written.</exception>
internal ref struct StateReader(ReadOnlySpan<byte> input)
{
    private readonly ReadOnlySpan<byte> _input = input;

    /// <summary>Whether all bytes were read.</summary>
    public readonly bool IsAtEnd => Position == _input.Length;

    /// <summary>How many bytes were read.</summary>
    public int Position { get; private set; }

    public byte Byte() => Take(1)[0];

    public bool Truth() => Byte() switch
    {
        0 => false,
        1 => true,
        var other => throw Broken($"a truth value of {other}"),
    };

    /// <summary>A number that fits 31 bits.</summary>
    public int Count()
    {
        var value = Number();
        return value <= int.MaxValue ? (int)value : throw Broken($"a number of {value}");
    }

    public ulong Number()
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

        throw Broken("a number of more than ten bytes");
    }

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ulong Bits() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    public double Double() => BitConverter.UInt64BitsToDouble(Bits());

    public string Text() => Encoding.UTF8.GetString(Take(Count()));

    /// <summary>A text that many elements may have in common.</summary>
    public string CommonText() => SharedTexts.Of(Take(Count()));

    /// <summary>Passes over a text, or over bytes.</summary>
    public void Skip() => Take(Count());

    public ElementId Id()
    {
        var text = Text();
        return ElementId.TryParse(text, out var id) ? id : throw Broken($"'{text}' as an element id");
    }

    public byte[] Bytes() => Take(Count()).ToArray();

    public ImmutableArray<T> List<T>(EntryReader<T> read)
    {
        var length = Count();
        if (length == 0)
        {
            return [];
        }

        // Every entry takes a byte at least: damaged bytes must not reserve memory for a billion of them.
        if (length > _input.Length - Position)
        {
            throw Broken($"a list of {length} entries");
        }

        var entries = new T[length];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = read(ref this);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(entries);
    }

    public readonly InvalidDataException Broken(string what) =>
        new($"The bytes of an element state hold {what} before byte {Position}; they are damaged or were written by a newer version.");

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _input.Length - Position)
        {
            throw Broken("fewer bytes than announced");
        }

        Position += length;
        return _input.Slice(Position - length, length);
    }
}
