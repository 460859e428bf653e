using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Serialization;
using Orleans.Storage;
using Pudong.Twin.Azurite.Tests.Hosting;
using Pudong.Twin.Contract;
using Pudong.Twin.Storage.Azure.States;
using Pudong.Twin.Storage.States;
using Xunit;

namespace Pudong.Twin.Azurite.Tests.States;

/// <summary>The grain storage in Azure blobs keeps what every grain storage promises.</summary>
public sealed class AzureBlobGrainStorageTests(AzuriteFixture azurite) : GrainStorageContract, IDisposable
{
    private readonly string _container = AzuriteFixture.NewName("state");
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    /// <inheritdoc/>
    public void Dispose() => _services.Dispose();

    /// <inheritdoc/>
    protected override async Task<IGrainStorage> Open()
    {
        var options = new AzureBlobGrainStorageOptions { ConnectionString = azurite.ConnectionString, Container = _container };
        var storage = new AzureBlobGrainStorage(
            "twin",
            options,
            new StateCodec(_services.GetRequiredService<Serializer>(), new GrainStateOptions()),
            NullLogger<AzureBlobGrainStorage>.Instance);
        await storage.Start(TestContext.Current.CancellationToken);
        return storage;
    }

    /// <inheritdoc/>
    protected override Task<IGrainStorage> Reopen(IGrainStorage storage) => Open();

    /// <inheritdoc/>
    protected override async Task Damage(IGrainStorage storage, string stateName, GrainId grainId, int generationsBack)
    {
        var blob = ((AzureBlobGrainStorage)storage).Container.GetBlockBlobClient(StateBlobName.Of(stateName, grainId));
        BlobProperties properties = await blob.GetPropertiesAsync();
        if (generationsBack == 1)
        {
            // A snapshot's bytes cannot be changed, but it can be lost.
            await blob.WithSnapshot(properties.Metadata["previous"]).DeleteAsync();
            return;
        }

        BlobDownloadResult content = await blob.DownloadContentAsync();
        var bytes = content.Content.ToArray();
        bytes[bytes.Length / 2] ^= 0xFF;
        await blob.UploadAsync(new MemoryStream(bytes), new BlobUploadOptions { Metadata = properties.Metadata });
    }
}
