using Orleans;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Domain.Events;

/// <summary>The owner of a relation tells its other end, the event's subject.</summary>
/// <param name="Relation">Index of the relation kind.</param>
/// <param name="Owner">The element that owns the relation.</param>
/// <param name="Added">True when the relation begins, false when it ends.</param>
[GenerateSerializer, Immutable, Alias("pudong.mirror-data")]
public sealed record MirrorData([property: Id(0)] int Relation, [property: Id(1)] ElementId Owner, [property: Id(2)] bool Added) : EventData;

/// <summary>What a deadline is about.</summary>
/// <remarks>The numbers are stored: append new ones, leave old ones alone.</remarks>
[GenerateSerializer, Alias("pudong.deadline-kind")]
public enum DeadlineKind
{
    /// <summary>A sensor has not reported a reading for its silence period.</summary>
    Silence = 1,

    /// <summary>Most of a case's time limit has passed.</summary>
    CaseDueSoon = 2,

    /// <summary>A case's time limit has passed.</summary>
    CaseOverdue = 3,
}

/// <summary>A due time of the subject was reached; the event's time is the due time.</summary>
/// <param name="Kind">What the deadline is about.</param>
/// <param name="Index">The reading's ordinal for a silence; 0 otherwise.</param>
[GenerateSerializer, Immutable, Alias("pudong.deadline-data")]
public sealed record DeadlineData([property: Id(0)] DeadlineKind Kind, [property: Id(1)] int Index) : EventData
{
    /// <summary>The case whose time limit it is; null for others.</summary>
    [Id(2)]
    public string? Case { get; init; }
}

/// <summary>From here on another package is in force.</summary>
/// <param name="Package">The package.</param>
/// <param name="Fingerprint">The fingerprint of its content, so that a replay cannot meet another one under the same name.</param>
[GenerateSerializer, Immutable, Alias("pudong.activation-data")]
public sealed record ActivationData([property: Id(0)] PackageVersion Package, [property: Id(1)] ulong Fingerprint) : EventData;

/// <summary>A neighbour tells how its offers of influence changed.</summary>
/// <param name="From">The neighbour.</param>
/// <param name="Message">What changed.</param>
[GenerateSerializer, Immutable, Alias("pudong.influence-changed-data")]
public sealed record InfluenceChangedData([property: Id(0)] ElementId From, [property: Id(1)] InfluenceChanged Message) : EventData;

/// <summary>A neighbour asks for influence.</summary>
/// <param name="From">The neighbour.</param>
/// <param name="Message">What it wants.</param>
[GenerateSerializer, Immutable, Alias("pudong.influence-wanted-data")]
public sealed record InfluenceWantedData([property: Id(0)] ElementId From, [property: Id(1)] InfluenceWanted Message) : EventData;
