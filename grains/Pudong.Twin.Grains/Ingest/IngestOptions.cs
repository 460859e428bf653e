using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Grains.Ingest;

/// <summary>What a silo takes in from outside. Bound to the section <c>Twin:Ingest</c>.</summary>
public sealed class IngestOptions
{
    /// <summary>Events of one call; a call with more is refused whole.</summary>
    /// <value>From 1 to 100,000. The default is 10,000.</value>
    [Range(1, 100_000)]
    public int EventLimit { get; set; } = 10_000;

    /// <summary>Bytes of JSON of one call; a longer one is refused whole.</summary>
    /// <value>From 65,536 to 268,435,456. The default is 16,777,216.</value>
    [Range(65_536, 268_435_456)]
    public int JsonLimit { get; set; } = 16_777_216;

    /// <summary>Calls that a silo has under way; a further one is refused as busy.</summary>
    /// <value>From 1 to 100,000. The default is 1,024.</value>
    [Range(1, 100_000)]
    public int CallLimit { get; set; } = 1_024;

    /// <summary>After how long a silo asks the catalogue anew which package is in force. Sooner when an event names what the known one does not have.</summary>
    /// <value>From 10 milliseconds to 1 minute. The default is 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan PackageAge { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Readers of JSON that are kept for the next call; each has a cache of about 40 kB.</summary>
    /// <value>From 1 to 1,024. The default is 16.</value>
    [Range(1, 1_024)]
    public int Readers { get; set; } = 16;

    /// <summary>What is accepted of a CloudEvent.</summary>
    [ValidateObjectMembers]
    public CloudEventOptions CloudEvents { get; set; } = new();
}

/// <summary>Refuses options out of range when the silo starts.</summary>
[OptionsValidator]
public sealed partial class IngestOptionsValidator : IValidateOptions<IngestOptions>;
