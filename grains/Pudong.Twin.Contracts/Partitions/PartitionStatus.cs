using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Contracts.Partitions;

/// <summary>How a partition is doing.</summary>
/// <param name="Partition">Its number.</param>
/// <param name="Silo">Where it lives.</param>
/// <param name="Open">Whether it has recovered and answers.</param>
/// <param name="Applied">The position up to which its table is complete.</param>
/// <param name="Head">The newest position of its log that it knows of.</param>
/// <param name="Snapshot">The position up to which its newest snapshot is complete.</param>
/// <param name="Elements">Registered elements.</param>
/// <param name="Quarantined">Events in quarantine.</param>
/// <param name="Package">The package in force.</param>
[GenerateSerializer, Immutable, Alias("pudong.partition-status")]
public sealed record PartitionStatus(
    [property: Id(0)] int Partition,
    [property: Id(1)] SiloAddress Silo,
    [property: Id(2)] bool Open,
    [property: Id(3)] LogPosition Applied,
    [property: Id(4)] LogPosition Head,
    [property: Id(5)] LogPosition Snapshot,
    [property: Id(6)] long Elements,
    [property: Id(7)] int Quarantined,
    [property: Id(8)] PackageVersion? Package);

/// <summary>The state hash of a partition.</summary>
/// <param name="Position">The position it stands for.</param>
/// <param name="Hash">The hash over all elements; those of partitions combine to that of the city.</param>
[GenerateSerializer, Immutable, Alias("pudong.partition-hash")]
public sealed record PartitionHash([property: Id(0)] LogPosition Position, [property: Id(1)] StateHash Hash);

/// <summary>An event that could not be applied.</summary>
/// <param name="Position">Its place in the log of the partition.</param>
/// <param name="Event">The event; null when its bytes could not be read.</param>
/// <param name="Refusal">Why.</param>
/// <param name="At">When it was refused, in Unix milliseconds.</param>
[GenerateSerializer, Immutable, Alias("pudong.quarantined-event")]
public sealed record QuarantinedEvent(
    [property: Id(0)] LogPosition Position, [property: Id(1)] TwinEvent? Event, [property: Id(2)] Refusal Refusal, [property: Id(3)] long At);
