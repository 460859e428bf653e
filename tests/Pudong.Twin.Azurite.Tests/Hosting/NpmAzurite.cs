using System.Diagnostics;
using System.Globalization;

namespace Pudong.Twin.Azurite.Tests.Hosting;

/// <summary>Azurite as a process of this machine, run by deploy/azurite/start.</summary>
public sealed class NpmAzurite : Azurite
{
    private readonly string _script = Path.Combine(Repository(), "deploy", "azurite", "start");
    private readonly string _folder = Directory.CreateTempSubdirectory("azurite-").FullName;
    private Process? _process;

    /// <inheritdoc/>
    public override async Task Start()
    {
        var start = new ProcessStartInfo(_script)
        {
            ArgumentList =
            {
                _folder,
                "--blobPort", BlobPort.ToString(CultureInfo.InvariantCulture),
                "--tablePort", TablePort.ToString(CultureInfo.InvariantCulture),
                "--queuePort", "0",
            },
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{_script} did not start.");
        // Azurite says so for each service, the tables being the last.
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Table service is successfully listening", StringComparison.Ordinal))
            {
                return;
            }
        }

        await _process.WaitForExitAsync();
        throw new InvalidOperationException($"{_script} ended with code {_process.ExitCode}; run it by hand to see why.");
    }

    /// <inheritdoc/>
    public override async Task Stop()
    {
        if (_process is { HasExited: false } process)
        {
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await Stop();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Pudong.Twin.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Pudong.Twin.sln, from where deploy/azurite/start would be found.");
    }
}
