using System.Buffers;
using System.IO.Hashing;
using System.Text;
using Orleans;

namespace Pudong.Twin.Domain.Events;

/// <summary>Source and id of an event as one number, by which an element knows again what it has applied.</summary>
/// <param name="Value">XXH64 (seed 0) of the source, a zero byte and the id, in UTF-8.</param>
[GenerateSerializer, Immutable, Alias("pudong.event-key")]
public readonly record struct EventKey([property: Id(0)] ulong Value)
{
    private const int ShortLength = 128;

    /// <summary>The key of an event.</summary>
    /// <param name="source">The event's source.</param>
    /// <param name="id">The event's id.</param>
    public static EventKey Of(string source, string id)
    {
        var size = Encoding.UTF8.GetMaxByteCount(id.Length);
        if (size <= ShortLength)
        {
            Span<byte> bytes = stackalloc byte[ShortLength];
            return Of(source, bytes[..Encoding.UTF8.GetBytes(id, bytes)]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(size);
        var key = Of(source, rented.AsSpan(0, Encoding.UTF8.GetBytes(id, rented)));
        ArrayPool<byte>.Shared.Return(rented);
        return key;
    }

    /// <summary>The key of an event.</summary>
    /// <param name="source">The event's source.</param>
    /// <param name="id">The event's id, in UTF-8.</param>
    internal static EventKey Of(string source, ReadOnlySpan<byte> id)
    {
        var size = Encoding.UTF8.GetMaxByteCount(source.Length) + 1 + id.Length;
        if (size <= ShortLength)
        {
            return Of(source, id, stackalloc byte[ShortLength]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(size);
        var key = Of(source, id, rented);
        ArrayPool<byte>.Shared.Return(rented);
        return key;
    }

    private static EventKey Of(string source, ReadOnlySpan<byte> id, Span<byte> bytes)
    {
        var length = Encoding.UTF8.GetBytes(source, bytes);
        bytes[length++] = 0;
        id.CopyTo(bytes[length..]);
        return new EventKey(XxHash64.HashToUInt64(bytes[..(length + id.Length)]));
    }
}
