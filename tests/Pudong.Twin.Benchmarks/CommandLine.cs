using System.Globalization;

namespace Pudong.Twin.Benchmarks;

/// <summary>What was asked for on the command line.</summary>
/// <param name="Names">The benchmarks to run.</param>
/// <param name="Rounds">How often each contender runs; the median of the rounds counts.</param>
/// <param name="Duration">How long one run of one contender takes.</param>
/// <param name="Folder">Where files are written, on the disk that is to be measured.</param>
internal sealed record CommandLine(IReadOnlyList<string> Names, int Rounds, TimeSpan Duration, string Folder)
{
    private static readonly CommandLine Default = new([], 5, TimeSpan.FromSeconds(3), Path.Combine(Environment.CurrentDirectory, "artifacts"));

    public static bool TryParse(string[] arguments, TextWriter errors, out CommandLine commandLine)
    {
        commandLine = Default;
        for (var index = 0; index < arguments.Length; index++)
        {
            var argument = arguments[index];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                commandLine = commandLine with { Names = [.. commandLine.Names, argument] };
                continue;
            }

            var value = ++index < arguments.Length ? arguments[index] : "";
            if (!commandLine.TryTake(argument, value, out commandLine))
            {
                errors.WriteLine(
                    $"'{argument} {value}' is not understood; there are --rounds 1…99, --seconds 0.1…600 and --folder <where files are written>.");
                return false;
            }
        }

        return true;
    }

    public static void PrintUsage(TextWriter output, IEnumerable<IBenchmark> benchmarks)
    {
        output.WriteLine("Name the benchmarks to run, for example: dotnet run -c Release --project tests/Pudong.Twin.Benchmarks -- stream-delivery");
        foreach (var benchmark in benchmarks)
        {
            output.WriteLine($"  {benchmark.Name,-18} {benchmark.Question}");
        }

        output.WriteLine($"Options: --rounds {Default.Rounds} --seconds {Default.Duration.TotalSeconds} --folder {Default.Folder}");
    }

    private bool TryTake(string argument, string value, out CommandLine changed)
    {
        changed = this;
        switch (argument)
        {
            case "--rounds" when int.TryParse(value, CultureInfo.InvariantCulture, out var rounds) && rounds is > 0 and < 100:
                changed = this with { Rounds = rounds };
                return true;
            case "--seconds" when double.TryParse(value, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0.1 and <= 600:
                changed = this with { Duration = TimeSpan.FromSeconds(seconds) };
                return true;
            case "--folder" when value.Length > 0:
                changed = this with { Folder = Path.GetFullPath(value) };
                return true;
            default:
                return false;
        }
    }
}
