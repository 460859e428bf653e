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
    /// <summary>The key of an event.</summary>
    /// <param name="source">The event's source.</param>
    /// <param name="id">The event's id.</param>
    public static EventKey Of(string source, string id)
    {
        var size = Encoding.UTF8.GetMaxByteCount(source.Length) + Encoding.UTF8.GetMaxByteCount(id.Length) + 1;
        byte[]? rented = null;
        var bytes = size <= 512 ? stackalloc byte[512] : rented = ArrayPool<byte>.Shared.Rent(size);
        var length = Encoding.UTF8.GetBytes(source, bytes);
        bytes[length++] = 0;
        length += Encoding.UTF8.GetBytes(id, bytes[length..]);
        var key = new EventKey(XxHash64.HashToUInt64(bytes[..length]));
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return key;
    }
}
