using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Pudong.Twin.Storage.States;

namespace Pudong.Twin.Storage.Tests.States;

/// <summary>Orleans' serialiser without a silo.</summary>
internal static class CodecFixture
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public static Serializer Serializer => Services.GetRequiredService<Serializer>();

    public static StateCodec Codec(int chunkSize = 64 * 1_024, int level = 1) => new(Serializer, new GrainStateOptions { ChunkSize = chunkSize, CompressionLevel = level });
}
