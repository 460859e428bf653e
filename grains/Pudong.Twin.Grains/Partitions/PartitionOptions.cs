using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Pudong.Twin.Grains.Partitions;

/// <summary>How partitions take events in, keep them and answer. Bound to the section <c>Twin:Partitions</c>.</summary>
public sealed class PartitionOptions
{
    /// <summary>Elements woken at the same time, for all partitions of a silo together; further ones wait.</summary>
    /// <value>From 1 to 10,000. The default is 1,000.</value>
    [Range(1, 10_000)]
    public int WakeLimit { get; set; } = 1_000;

    /// <summary>Calls to elements that one partition has under way; further ones wait.</summary>
    /// <value>From 1 to 4,096. The default is 128.</value>
    [Range(1, 4_096)]
    public int CallLimit { get; set; } = 128;

    /// <summary>Grain references that one partition keeps of elements it called lately; older ones are made anew when they are needed.</summary>
    /// <value>From 100 to 1,000,000. The default is 20,000.</value>
    [Range(100, 1_000_000)]
    public int ReferenceLimit { get; set; } = 20_000;

    /// <summary>How long a batch waits for an element before the partition folds the element's events itself.</summary>
    /// <value>From 100 milliseconds to 5 minutes. The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan ElementPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an element that failed or did not answer is left alone; its events are folded by the partition meanwhile.</summary>
    /// <value>From 1 second to 1 hour. The default is 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ElementRest { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Events that one batch brings to elements and to the table at most; a delivery with more becomes several batches.</summary>
    /// <value>From 1 to 65,536. The default is 4,096.</value>
    [Range(1, 65_536)]
    public int BatchLimit { get; set; } = 4_096;

    /// <summary>Derived events that wait to be appended. When it is full, the partition takes no events in until some are.</summary>
    /// <value>From 1,000 to 10,000,000. The default is 65,536.</value>
    [Range(1_000, 10_000_000)]
    public int OutboxLimit { get; set; } = 65_536;

    /// <summary>Derived events that one append brings to a partition at most.</summary>
    /// <value>From 1 to 65,536. The default is 2,048.</value>
    [Range(1, 65_536)]
    public int AppendLimit { get; set; } = 2_048;

    /// <summary>How long the partition waits after a failed append or reading before it tries again.</summary>
    /// <value>From 10 milliseconds to 1 minute. The default is 500 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Events in quarantine. When one more comes, the oldest leaves for good; that is counted and logged.</summary>
    /// <value>From 1 to 1,000,000. The default is 2,000.</value>
    [Range(1, 1_000_000)]
    public int QuarantineLimit { get; set; } = 2_000;

    /// <summary>Callers that wait for a position or a submitted event. When there are as many, further ones are refused as busy.</summary>
    /// <value>From 1 to 1,000,000. The default is 4,096.</value>
    [Range(1, 1_000_000)]
    public int WaiterLimit { get; set; } = 4_096;

    /// <summary>Watchers of one partition. When there are as many, further ones are refused as busy.</summary>
    /// <value>From 1 to 100,000. The default is 1,000.</value>
    [Range(1, 100_000)]
    public int WatcherLimit { get; set; } = 1_000;

    /// <summary>How long a call waits for a partition that is still opening before it is told so.</summary>
    /// <value>From 0 to 30 seconds. The default is 1.5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan OpeningPatience { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Events after which a new snapshot is written; so many are folded again, at most, when the partition opens from the newest one.</summary>
    /// <value>From 1 to 1,000,000,000. The default is 200,000.</value>
    [Range(1, 1_000_000_000)]
    public long SnapshotEvents { get; set; } = 200_000;

    /// <summary>Time after which a new snapshot is written if anything happened.</summary>
    /// <value>From 1 second to 7 days. The default is 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan SnapshotInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The size at which a snapshot is cut into chunks, in bytes; a chunk ends with the state that passes it.</summary>
    /// <value>From 1 KiB to 4 MiB. The default is 256 KiB.</value>
    [Range(1_024, 4_194_304)]
    public int ChunkBytes { get; set; } = 262_144;

    /// <summary>Snapshots that a silo writes at the same time; further ones wait.</summary>
    /// <value>From 1 to 64. The default is 2.</value>
    [Range(1, 64)]
    public int SnapshotsAtOnce { get; set; } = 2;

    /// <summary>Partitions that recover at the same time on a silo; further ones wait.</summary>
    /// <value>From 1 to 256. The default is the number of processors.</value>
    [Range(1, 256)]
    public int RecoveriesAtOnce { get; set; } = Math.Clamp(Environment.ProcessorCount, 1, 256);

    /// <summary>How often a partition compares itself with the head of its log, with its snapshot's age and with where it ought to live.</summary>
    /// <value>From 100 milliseconds to 5 minutes. The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a partition looks for deadlines that have passed.</summary>
    /// <value>From 100 milliseconds to 5 minutes. The default is 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan DeadlineInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a partition that stops or moves takes for its last snapshot; without one it recovers more from the log.</summary>
    /// <value>From 0 to 10 minutes. The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan StopPatience { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>Refuses options out of range when the silo starts.</summary>
[OptionsValidator]
public sealed partial class PartitionOptionsValidator : IValidateOptions<PartitionOptions>;
