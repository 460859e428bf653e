using System.Diagnostics;
using System.Text;
using Xunit;

namespace Pudong.Twin.Silo.Tests.Hosting;

/// <summary>The built silo as a process of its own.</summary>
internal sealed class SiloProcess : IDisposable
{
    /// <summary>How long anything may take that a test waits for; far more than it needs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<string> _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    /// <summary>Starts it on free ports.</summary>
    /// <param name="arguments">Further arguments.</param>
    public SiloProcess(params string[] arguments)
    {
        var (silo, gateway) = Ports.Free();
        Gateway = gateway;
        string[] command =
        [
            Path.Combine(AppContext.BaseDirectory, "Pudong.Twin.Silo.dll"), $"--Twin:SiloPort={silo}", $"--Twin:GatewayPort={gateway}", .. arguments,
        ];
        _process = Process.Start(new ProcessStartInfo("dotnet", command) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _reading = Task.WhenAll(Read(_process.StandardOutput), Read(_process.StandardError));
    }

    /// <summary>The port for clients.</summary>
    public int Gateway { get; }

    /// <summary>What it wrote so far.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>Waits for the line that says that it is open.</summary>
    public async Task<string> Open()
    {
        if (await Task.WhenAny(_open.Task, _reading).WaitAsync(Patience, TestContext.Current.CancellationToken) == _open.Task)
        {
            return await _open.Task;
        }

        throw new InvalidOperationException($"The silo ended instead of opening: {Said}");
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> End()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await _reading;
        return _process.ExitCode;
    }

    /// <summary>Asks it to stop, as a container's host does.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Ends it as <c>kill -9</c> does, and waits until it is gone.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private async Task Read(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_said)
            {
                _said.AppendLine(line);
            }

            if (line.Contains("is open after", StringComparison.Ordinal))
            {
                _open.TrySetResult(line);
            }
        }
    }
}
