using System.Diagnostics;
using System.Globalization;
using Pudong.Twin.Storage.Sqlite;
using Xunit;

namespace Pudong.Twin.Storage.Tests.Sqlite;

/// <summary>A process that appends to a log and says what was accepted.</summary>
internal sealed class Appender : IDisposable
{
    private readonly Process _process;

    public Appender(string path, int seed, SqliteDurability durability, int appenders, int? fileSizeLimit = null)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Pudong.Twin.Storage.Appender.dll");
        string[] command = ["dotnet", program, path, $"{seed}", $"{durability}", $"{appenders}"];
        if (fileSizeLimit is { } kibibytes)
        {
            // The signal would kill the process; without it, writing fails as it does on a full quota.
            command = ["bash", "-c", $"trap '' XFSZ; ulimit -f {kibibytes}; exec \"$@\"", "bash", .. command];
        }

        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // The runtime would keep its code in a file that exceeds the limit.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        _process = Process.Start(start)!;
    }

    /// <summary>The next line the process writes, or null at its end.</summary>
    public ValueTask<string?> Line() => _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

    /// <summary>Waits for <c>opened</c>.</summary>
    public async Task Opened()
    {
        var line = await Line();
        Assert.True(line == "opened", $"The appender said '{line}': {(line is null ? await _process.StandardError.ReadToEndAsync() : string.Empty)}");
    }

    /// <summary>Kills the process as <c>kill -9</c> does.</summary>
    public void Kill() => _process.Kill();

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

/// <summary>A batch that the log accepted.</summary>
internal sealed record AcceptedBatch(int Partition, long First, int Count, string Name)
{
    /// <summary>Reads a line of the appender; null when it is about something else.</summary>
    public static AcceptedBatch? Parse(string line) => line.Split(' ') is ["appended", var partition, var first, var count, var name]
        ? new AcceptedBatch(
            int.Parse(partition, CultureInfo.InvariantCulture),
            long.Parse(first, CultureInfo.InvariantCulture),
            int.Parse(count, CultureInfo.InvariantCulture),
            name)
        : null;
}
