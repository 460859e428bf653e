using System.Collections.Immutable;
using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Grains.Events;

/// <summary>Events of one partition with their positions, as they are read from the log and delivered by the stream: hundreds of them at a time.</summary>
/// <param name="Partition">The partition, from 0.</param>
/// <param name="First">The position of the first event; the others follow without gap.</param>
/// <param name="Count">How many events there are, at least one.</param>
/// <param name="Bytes">The events, each led by its length as a little-endian 32-bit number.</param>
[GenerateSerializer, Immutable, Alias("pudong.event-block")]
public sealed record EventBlock(
    [property: Id(0)] int Partition,
    [property: Id(1)] LogPosition First,
    [property: Id(2)] int Count,
    [property: Id(3)] ImmutableArray<byte> Bytes)
{
    /// <summary>The position of the last event.</summary>
    public LogPosition Last => First + (Count - 1);

    /// <summary>The events, without their lengths; the first has position <see cref="First"/>.</summary>
    public EventEntries Entries => new(Bytes.AsSpan());
}
