using System.Diagnostics;

namespace Pudong.Twin.Benchmarks.Domain;

/// <summary>Processor time of this process, garbage collection included: what a fold costs where others use the machine too.</summary>
internal static class Processor
{
    public static TimeSpan Time
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.TotalProcessorTime;
        }
    }
}
