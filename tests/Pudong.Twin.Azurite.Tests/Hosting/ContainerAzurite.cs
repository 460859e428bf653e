using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;

namespace Pudong.Twin.Azurite.Tests.Hosting;

/// <summary>Azurite in a container.</summary>
/// <remarks>The image is the official one, or what <c>TWIN_AZURITE_IMAGE</c> names, for instance what deploy/azurite/build-image has built.</remarks>
public sealed class ContainerAzurite : Azurite
{
    private const ushort Blobs = 10_000;
    private const ushort Tables = 10_002;

    private readonly IContainer _container;

    /// <summary>Makes the container's description; the engine is not asked yet.</summary>
    public ContainerAzurite()
    {
        var image = Environment.GetEnvironmentVariable("TWIN_AZURITE_IMAGE");
        _container = new ContainerBuilder(string.IsNullOrWhiteSpace(image) ? "mcr.microsoft.com/azure-storage/azurite:3.37.0" : image)
            .WithCommand(
                "azurite", "--location", "/data", "--silent", "--disableTelemetry", "--skipApiVersionCheck",
                "--blobHost", "0.0.0.0", "--queueHost", "0.0.0.0", "--tableHost", "0.0.0.0")
            .WithPortBinding(BlobPort, Blobs)
            .WithPortBinding(TablePort, Tables)
            // For this machine only; without an address Docker opens the ports to every network.
            .WithCreateParameterModifier(create =>
            {
                foreach (var binding in create.HostConfig!.PortBindings!.Values.SelectMany(bindings => bindings))
                {
                    binding.HostIP = "127.0.0.1";
                }
            })
            .WithWaitStrategy(Wait.ForUnixContainer()
                .UntilHttpRequestIsSucceeded(request => request.ForPort(Blobs).ForStatusCodeMatching(_ => true))
                .UntilHttpRequestIsSucceeded(request => request.ForPort(Tables).ForStatusCodeMatching(_ => true)))
            .Build();
    }

    /// <inheritdoc/>
    public override Task Start() => _container.StartAsync();

    /// <inheritdoc/>
    public override Task Stop() => _container.StopAsync();

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _container.DisposeAsync();
}
