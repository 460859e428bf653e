using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pudong.Twin.Domain.Events.Coding;

/// <summary>What texts stand for, found by their bytes. Newer entries take the place of older ones.</summary>
/// <param name="slots">A power of two.</param>
internal sealed class TextCache<T>(int slots)
    where T : class
{
    // The bytes lie beside what they mean: to compare them through it would wait for memory three times instead of twice.
    private readonly (byte[]? Text, T? Meaning)[] _slots = new (byte[]?, T?)[slots];

    /// <summary>What a text stands for; null when it is not here.</summary>
    public T? Find(ReadOnlySpan<byte> text)
    {
        ref readonly var slot = ref _slots[SlotOf(text)];
        return text.SequenceEqual(slot.Text) ? slot.Meaning : null;
    }

    /// <summary>Keeps what a text stands for.</summary>
    public T Keep(ReadOnlySpan<byte> text, T meaning)
    {
        _slots[SlotOf(text)] = (text.ToArray(), meaning);
        return meaning;
    }

    // All bytes count, eight at a time, for ids and sources often differ in a few characters only. The last eight may overlap those before.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SlotOf(ReadOnlySpan<byte> text)
    {
        const ulong Factor = 0x9E37_79B9_7F4A_7C15;
        var hash = (ulong)text.Length;
        if (text.Length >= sizeof(ulong))
        {
            var last = BinaryPrimitives.ReadUInt64LittleEndian(text[^sizeof(ulong)..]);
            for (; text.Length > sizeof(ulong); text = text[sizeof(ulong)..])
            {
                hash = BitOperations.RotateLeft((hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text)) * Factor, 29);
            }

            hash ^= last;
        }
        else
        {
            foreach (var character in text)
            {
                hash = (hash << 8) ^ character;
            }
        }

        // Multiplying carries upwards only: the upper half is folded in first, lest the last characters be lost.
        return (int)(((hash ^ (hash >> 32)) * Factor) >> 32) & (_slots.Length - 1);
    }
}
