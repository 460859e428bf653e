using System.Buffers;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Events.Coding;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Domain.Tests.Events;

/// <summary>Shorthand for the codec: events have no equality by content, but their bytes do.</summary>
internal static class Codec
{
    public static byte[] Bytes(TwinEvent e, ModelPackage package)
    {
        var buffer = new ArrayBufferWriter<byte>();
        TwinEventCodec.Write(e, package, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    public static TwinEvent Read(ReadOnlySpan<byte> bytes, ModelPackage package) => TwinEventCodec.Read(bytes, package, new EventStrings(64));
}
