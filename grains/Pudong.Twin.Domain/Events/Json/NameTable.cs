using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Pudong.Twin.Domain.Events.Json;

/// <summary>Finds what a name in JSON means by its bytes, without making a text of it.</summary>
internal sealed class NameTable<T>
{
    private readonly (byte[] Name, T Meaning)[] _slots;
    private readonly Dictionary<string, T> _byName;

    public NameTable(IEnumerable<KeyValuePair<string, T>> names)
    {
        _byName = new Dictionary<string, T>(names, StringComparer.Ordinal);
        _slots = new (byte[], T)[BitOperations.RoundUpToPowerOf2((uint)((_byName.Count * 2) + 2))];
        foreach (var (name, meaning) in _byName)
        {
            var bytes = Encoding.UTF8.GetBytes(name);
            var slot = SlotOf(bytes);
            while (_slots[slot].Name is not null)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = (bytes, meaning);
        }
    }

    public IEnumerable<string> Names => _byName.Keys;

    /// <summary>Looks up the property name or the text at which the reader stands.</summary>
    public bool TryFind(ref Utf8JsonReader reader, [MaybeNullWhen(false)] out T found)
    {
        if (reader.ValueIsEscaped)
        {
            found = default;
            return reader.GetString() is { } name && _byName.TryGetValue(name, out found);
        }

        var bytes = reader.ValueSpan;
        for (var slot = SlotOf(bytes); ; slot = (slot + 1) & (_slots.Length - 1))
        {
            ref readonly var entry = ref _slots[slot];
            if (entry.Name is null)
            {
                found = default;
                return false;
            }

            if (bytes.SequenceEqual(entry.Name))
            {
                found = entry.Meaning;
                return true;
            }
        }
    }

    // Length, first and last bytes tell the few names of a package apart well enough.
    private int SlotOf(ReadOnlySpan<byte> name)
    {
        var hash = (uint)name.Length;
        if (name.Length >= sizeof(uint))
        {
            hash ^= (MemoryMarshal.Read<uint>(name) * 2_654_435_761) ^ (MemoryMarshal.Read<uint>(name[^sizeof(uint)..]) * 2_246_822_519);
        }
        else
        {
            foreach (var character in name)
            {
                hash = (hash * 31) + character;
            }
        }

        return (int)((hash ^ (hash >> 15)) & (uint)(_slots.Length - 1));
    }
}
