using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Pudong.Twin.Storage.Azure.Logs;

/// <summary>How the event log lies in Azure append blobs. Bound to <c>Twin:AzureEventLog</c>.</summary>
public sealed class AzureEventLogOptions : AzureStorageOptions
{
    internal const string Section = "Twin:AzureEventLog";

    /// <summary>The blob container that holds this log and nothing else.</summary>
    /// <value>3 to 63 small letters, digits and single hyphens. The default is <c>twin-log</c>.</value>
    [Required, RegularExpression("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    public string Container { get; set; } = "twin-log";

    /// <summary>The number of partitions. The first process writes it down; starting with another number is refused.</summary>
    /// <value>From 1 to 4,096. The default is 64.</value>
    [Range(1, 4_096)]
    public int Partitions { get; set; } = 64;

    /// <summary>How many bytes of waiting batches are appended together as one block; a larger batch is a block of its own.</summary>
    /// <value>From 4 KiB to 4 MiB. The default is 1 MiB.</value>
    [Range(4 * 1_024, 4 * 1_024 * 1_024)]
    public int BlockBytes { get; set; } = 1_024 * 1_024;

    /// <summary>The size at which a segment is closed and the next one begun, in bytes. Trimming deletes whole segments; opening a position reads one at most.</summary>
    /// <value>From 1 KiB to 1 GiB. The default is 64 MiB.</value>
    [Range(1_024, 1_024 * 1_024 * 1_024)]
    public int SegmentBytes { get; set; } = 64 * 1_024 * 1_024;

    /// <summary>The number of blocks at which a segment is closed; Azure takes 50,000 in an append blob.</summary>
    /// <value>From 1 to 50,000. The default is 40,000.</value>
    [Range(1, 50_000)]
    public int SegmentBlocks { get; set; } = 40_000;

    /// <summary>How many bytes may wait to be appended, for all partitions together; beyond, <c>Append</c> refuses with <c>EventLogBusyException</c>.</summary>
    /// <value>From 1 MiB to 1 GiB. The default is 64 MiB.</value>
    [Range(1_024 * 1_024, 1_024 * 1_024 * 1_024)]
    public int PendingBytes { get; set; } = 64 * 1_024 * 1_024;

    /// <summary>How many bytes of the newest blocks of a partition stay in memory, where readers of this process find them without a request.</summary>
    /// <value>From 0 to 64 MiB. The default is 1 MiB.</value>
    [Range(0, 64 * 1_024 * 1_024)]
    public int RecentBytes { get; set; } = 1_024 * 1_024;

    /// <summary>How often an idle partition that somebody waits for is asked for other silos' events, in milliseconds.</summary>
    /// <value>From 50 to 60,000. The default is 1,000: one request a second.</value>
    [Range(50, 60_000)]
    public int PollInterval { get; set; } = 1_000;

    /// <summary>How long an append is tried before <c>EventLogUnavailableException</c> is thrown, in seconds.</summary>
    /// <value>From 1 to 300. The default is 10.</value>
    [Range(1, 300)]
    public int RetryFor { get; set; } = 10;
}

[OptionsValidator]
internal sealed partial class AzureEventLogOptionsValidator : IValidateOptions<AzureEventLogOptions>;
