using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Pudong.Twin.Storage.Streams;

/// <summary>How the event log is delivered as streams. Bound to the section <c>Twin:Events</c>.</summary>
public sealed class EventStreamOptions
{
    /// <summary>Blocks that a partition's agent keeps for its slowest subscriber. When that many wait, it stops reading the log until some are delivered.</summary>
    /// <value>From 10 to 4,096. The default is 256.</value>
    [Range(10, 4_096)]
    public int CacheBlocks { get; set; } = 256;

    /// <summary>Bytes of events that a partition's agent keeps; like <see cref="CacheBlocks"/>. One more reading may go beyond it.</summary>
    /// <value>From 64 KiB to 1 GiB. The default is 4 MiB, so 256 MiB for a silo that holds 64 partitions whose subscribers all stand still.</value>
    [Range(65_536, 1_073_741_824)]
    public int CacheBytes { get; set; } = 4_194_304;

    /// <summary>Blocks that one delivery brings at most. They fail together, too.</summary>
    /// <value>From 1 to 1,024. The default is 64.</value>
    [Range(1, 1_024)]
    public int DeliveryBlocks { get; set; } = 64;

    /// <summary>How long a failing delivery is repeated. After that its blocks are given up: the subscriber is told by <c>OnErrorAsync</c> and reads them from the log.</summary>
    /// <value>From 100 milliseconds to 1 hour. The default is 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan DeliveryPatience { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an agent waits for an append before it looks after its cache; an append ends the waiting at once.</summary>
    /// <value>From 100 milliseconds to 1 minute. The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan IdleWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an agent pauses when its cache is full, and between two waits for an append.</summary>
    /// <value>From 1 millisecond to 1 second. The default is 10 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:01")]
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(10);
}

/// <summary>Refuses options out of range when the silo starts.</summary>
[OptionsValidator]
public sealed partial class EventStreamOptionsValidator : IValidateOptions<EventStreamOptions>;
