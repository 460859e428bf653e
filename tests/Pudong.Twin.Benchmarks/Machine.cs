using System.Reflection;
using System.Runtime;
using System.Runtime.InteropServices;

namespace Pudong.Twin.Benchmarks;

/// <summary>Says on what a figure was measured: without that it cannot be compared.</summary>
internal static class Machine
{
    private const string ProcessorInfo = "/proc/cpuinfo";

    public static void Print(TextWriter output)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30);
        output.WriteLine($"machine  {Environment.ProcessorCount} cores ({Processor()}), {memory} GiB, {RuntimeInformation.OSDescription}");
        output.WriteLine($"commit   {Commit()}");
        output.WriteLine($"runtime  {RuntimeInformation.FrameworkDescription} {RuntimeInformation.ProcessArchitecture}, {Build} build");
        output.WriteLine($"GC       {(GCSettings.IsServerGC ? "server" : "workstation")}, {GCSettings.LatencyMode}");
    }

    private static string Build =>
#if DEBUG
        "DEBUG (its figures mean nothing)";
#else
        "release";
#endif

    private static string Processor() => !File.Exists(ProcessorInfo)
        ? RuntimeInformation.OSArchitecture.ToString()
        : File.ReadLines(ProcessorInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim() ?? "unknown";

    private static string Commit()
    {
        var version = typeof(Machine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        return version.Contains('+', StringComparison.Ordinal) ? version[(version.IndexOf('+', StringComparison.Ordinal) + 1)..] : "unknown";
    }
}
