using Pudong.Twin.Azurite.Tests.Hosting;
using Xunit;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Pudong.Twin.Azurite.Tests.Hosting;

/// <summary>One Azurite for all tests: in a container, or from npm where no Docker engine answers; tests use names of their own in it.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private Azurite? _azurite;
    private string _why = "";

    /// <summary>How clients reach it; skips the test where there is neither Docker nor npm.</summary>
    public string ConnectionString => Required(_azurite).ConnectionString;

    /// <summary>A name for a container or table that no other test uses.</summary>
    /// <param name="prefix">Small letters.</param>
    public static string NewName(string prefix) => $"{prefix}{Guid.NewGuid():N}";

    /// <summary>Starts another Azurite for one test, which may stop it.</summary>
    public async Task<Azurite> StartAnother()
    {
        Azurite another = Required(_azurite) is ContainerAzurite ? new ContainerAzurite() : new NpmAzurite();
        await another.Start();
        return another;
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        try
        {
            _azurite = await Started(() => new ContainerAzurite());
        }
        // Without an engine the container cannot even be described. In CI that is a failure: the tests promise to have run in a container.
        catch (Exception fault) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            _why = fault.Message.Split('\n')[0];
            await StartFromNpm();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }

    private async Task StartFromNpm()
    {
        try
        {
            _azurite = await Started(() => new NpmAzurite());
        }
        catch (Exception fault) when (fault is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            _why += $" {fault.Message}";
        }
    }

    private static async Task<Azurite> Started(Func<Azurite> make)
    {
        var azurite = make();
        try
        {
            await azurite.Start();
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    private Azurite Required(Azurite? azurite)
    {
        Assert.SkipWhen(azurite is null, $"These tests need Azurite: install Docker, or Node.js 20 with npm. ({_why})");
        return azurite!;
    }
}
