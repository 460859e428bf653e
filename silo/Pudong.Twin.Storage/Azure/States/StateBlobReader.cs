using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Pudong.Twin.Storage.States;

namespace Pudong.Twin.Storage.Azure.States;

/// <summary>Reads a state from the bytes of its blob, chunk by chunk.</summary>
internal static class StateBlobReader
{
    private const int LargestManifest = 16 * 1_024 * 1_024;

    /// <summary>Reads a state.</summary>
    /// <param name="codec">Unpacks it.</param>
    /// <param name="content">The blob from its beginning.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StateDamagedException">What is stored is not what was written.</exception>
    public static async Task<T?> Read<T>(StateCodec codec, Stream content, CancellationToken cancellationToken)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(await Exactly(content, sizeof(int), cancellationToken));
        if (length is <= 0 or > LargestManifest)
        {
            throw new StateDamagedException($"The blob does not begin with the length of a manifest: {length}.");
        }

        var manifest = StateManifest.Read(await Exactly(content, length, cancellationToken));
        return await codec.Decode<T>(manifest, Chunks(manifest, content, cancellationToken), cancellationToken);
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Chunks(
        StateManifest manifest, Stream content, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new byte[manifest.Chunks.Max(chunk => chunk.Length)];
        foreach (var chunk in manifest.Chunks)
        {
            await Fill(content, buffer.AsMemory(0, chunk.Length), cancellationToken);
            yield return buffer.AsMemory(0, chunk.Length);
        }
    }

    private static async Task<byte[]> Exactly(Stream content, int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length];
        await Fill(content, bytes, cancellationToken);
        return bytes;
    }

    private static async Task Fill(Stream content, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken) < buffer.Length)
        {
            throw new StateDamagedException("The blob ends before the state does.");
        }
    }
}
