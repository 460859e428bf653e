namespace Pudong.Twin.Silo.Tests.Hosting;

/// <summary>A new folder that goes when its test ends.</summary>
internal sealed class DataFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("pudong-twin-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
