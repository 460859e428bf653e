using System.ComponentModel.DataAnnotations;

namespace Pudong.Twin.Query.Scans;

/// <summary>How much a scan may use and return. A value that a query exceeds is answered with a <see cref="QueryException"/>.</summary>
public sealed class ScanOptions
{
    /// <summary>The options that hold where nothing else is said.</summary>
    public static ScanOptions Default { get; } = new();

    /// <summary>Threads that one scan runs on, its caller's included.</summary>
    /// <value>From 1 to 256. The default is the number of processors.</value>
    [Range(1, 256)]
    public int Threads { get; set; } = Math.Clamp(Environment.ProcessorCount, 1, 256);

    /// <summary>Rows that one page may hold.</summary>
    /// <value>From 1 to 1,000,000. The default is 10,000.</value>
    [Range(1, 1_000_000)]
    public int RowsReturned { get; set; } = 10_000;

    /// <summary>Groups that one aggregation may form, before any are left out of the answer.</summary>
    /// <value>From 1 to 10,000,000. The default is 200,000.</value>
    [Range(1, 10_000_000)]
    public int Groups { get; set; } = 200_000;

    /// <summary>Values of one group from which quantiles are computed exactly; with more they come from a sketch.</summary>
    /// <value>From 1,024 to 100,000,000, at 8 bytes a value. The default is 4,194,304.</value>
    [Range(1_024, 100_000_000)]
    public int ExactQuantileValues { get; set; } = 4_194_304;

    /// <summary>Different values that one group of a distinct count may have.</summary>
    /// <value>From 1 to 100,000,000. The default is 2,000,000.</value>
    [Range(1, 100_000_000)]
    public int DistinctValues { get; set; } = 2_000_000;

    /// <summary>Bins of a histogram.</summary>
    /// <value>From 1 to 100,000. The default is 1,000.</value>
    [Range(1, 100_000)]
    public int HistogramBins { get; set; } = 1_000;
}
