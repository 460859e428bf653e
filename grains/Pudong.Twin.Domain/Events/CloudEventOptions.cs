using System.ComponentModel.DataAnnotations;

namespace Pudong.Twin.Domain.Events;

/// <summary>What the edge accepts of an event.</summary>
public sealed class CloudEventOptions
{
    /// <summary>The bounds that hold where nothing else is said.</summary>
    public static CloudEventOptions Default { get; } = new();

    /// <summary>Bytes of one event; a longer one is refused alone.</summary>
    /// <value>From 65,536 to 16,777,216. The default is 262,144.</value>
    [Range(65_536, 16_777_216)]
    public int EventLength { get; set; } = 262_144;

    /// <summary>Events of one batch; a larger batch is refused whole.</summary>
    /// <value>From 1 to 100,000. The default is 1,000.</value>
    [Range(1, 100_000)]
    public int BatchLength { get; set; } = 1_000;

    /// <summary>How far the time of an event may lie ahead of now, in seconds.</summary>
    /// <value>From 0 to 86,400. The default is 300.</value>
    [Range(0, 86_400)]
    public int SecondsAhead { get; set; } = 300;

    /// <summary>How many years the time of an event may lie back.</summary>
    /// <value>From 1 to 200. The default is 30.</value>
    [Range(1, 200)]
    public int YearsBack { get; set; } = 30;

    /// <summary>Positions of one geometry.</summary>
    /// <value>From 1 to 100,000. The default is 10,000.</value>
    [Range(1, 100_000)]
    public int Positions { get; set; } = 10_000;
}
