using System.Diagnostics;

namespace Pudong.Twin.Benchmarks;

/// <summary>Collects how long things took; safe to use from many threads.</summary>
internal sealed class Latencies
{
    private readonly Lock _lock = new();
    private readonly List<double> _milliseconds = [];

    public void Add(TimeSpan elapsed)
    {
        lock (_lock)
        {
            _milliseconds.Add(elapsed.TotalMilliseconds);
        }
    }

    /// <summary>Adds the time since a timestamp of <see cref="Stopwatch"/>.</summary>
    public void AddSince(long timestamp) => Add(Stopwatch.GetElapsedTime(timestamp));

    /// <summary>Median and 99th percentile: the smallest value that is not exceeded by that share of the measurements.</summary>
    public Figure[] Figures(string name)
    {
        lock (_lock)
        {
            _milliseconds.Sort();
            return [new($"{name} p50", At(0.5), "ms"), new($"{name} p99", At(0.99), "ms")];
        }
    }

    private double At(double share) => _milliseconds.Count == 0 ? double.NaN : _milliseconds[(int)Math.Ceiling(share * _milliseconds.Count) - 1];
}
