using System.Globalization;
using Orleans;
using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Domain.Elements;

/// <summary>What an event of one element makes happen elsewhere.</summary>
[GenerateSerializer, Immutable, Alias("pudong.effect")]
public abstract record Effect;

/// <summary>A derived event for another element; the partition appends it to the log.</summary>
/// <param name="Target">The element it is about.</param>
/// <param name="Type">The event type's name.</param>
/// <param name="Time">The sender's clock or, for evidence, when it was observed; in Unix milliseconds.</param>
/// <param name="Data">What happened.</param>
[GenerateSerializer, Immutable, Alias("pudong.derived-event")]
public sealed record DerivedEvent(
    [property: Id(0)] ElementId Target, [property: Id(1)] string Type, [property: Id(2)] long Time, [property: Id(3)] EventData Data) : Effect
{
    /// <summary>The source that all derived events name.</summary>
    public const string Source = "pudong.twin";

    /// <summary>The event as it goes into the log of the target's partition.</summary>
    /// <param name="cause">The causing partition and position, and which of the effects this is.</param>
    public TwinEvent ToEvent(Cause cause) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{cause.Partition}-{cause.Position}-{cause.Ordinal}"), Source, Type, Target, Time, Data) { Cause = cause };
}

/// <summary>A rule asks for a case about an element.</summary>
/// <param name="Element">The element that the case is about.</param>
/// <param name="CaseType">The case type's name.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Time">When, in Unix milliseconds.</param>
[GenerateSerializer, Immutable, Alias("pudong.case-requested")]
public sealed record CaseRequested(
    [property: Id(0)] ElementId Element, [property: Id(1)] string CaseType, [property: Id(2)] string Rule, [property: Id(3)] long Time) : Effect;
