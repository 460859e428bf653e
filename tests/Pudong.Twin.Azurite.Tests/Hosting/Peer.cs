using System.Diagnostics;
using Xunit;

namespace Pudong.Twin.Azurite.Tests.Hosting;

/// <summary>A process beside the tests' own, which a test kills.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts it.</summary>
    /// <param name="arguments">What the program takes.</param>
    public Peer(params string[] arguments)
    {
        string[] command = [Path.Combine(AppContext.BaseDirectory, "Pudong.Twin.Azurite.Peer.dll"), .. arguments];
        _process = Process.Start(new ProcessStartInfo("dotnet", command) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Trouble = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>What the process had to say against its end.</summary>
    public Task<string> Trouble { get; }

    /// <summary>The next line the process writes, or null at its end.</summary>
    public ValueTask<string?> Line() => _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

    /// <summary>Kills the process as <c>kill -9</c> does.</summary>
    public void Kill() => _process.Kill();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
    }
}
