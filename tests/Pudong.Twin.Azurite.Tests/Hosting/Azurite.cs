using System.Globalization;

namespace Pudong.Twin.Azurite.Tests.Hosting;

/// <summary>A running Azurite of our own, on ports the system chose; it keeps ports and data when it is stopped and started again.</summary>
public abstract class Azurite : IAsyncDisposable
{
    // The well-known account of every Azurite; not a secret.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>The loopback port of the blob service.</summary>
    protected int BlobPort { get; } = Ports.Free();

    /// <summary>The loopback port of the table service.</summary>
    protected int TablePort { get; } = Ports.Free();

    /// <summary>How clients reach it.</summary>
    public string ConnectionString => string.Create(
        CultureInfo.InvariantCulture,
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{BlobPort}/{Account};TableEndpoint=http://127.0.0.1:{TablePort}/{Account};");

    /// <summary>Starts it, the first time or again, and returns when it answers.</summary>
    public abstract Task Start();

    /// <summary>Asks it to end, as a service manager would; it writes its data down first.</summary>
    public abstract Task Stop();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
