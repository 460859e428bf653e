using Orleans;

namespace Pudong.Twin.Domain.Events;

/// <summary>Why an event is refused, at the edge (1 to 99), by the kernel (100 to 199) or by a partition (200 and above).</summary>
/// <remarks>The numbers are stored and travel: append new ones, leave old ones alone.</remarks>
[GenerateSerializer, Alias("pudong.refusal-reason")]
public enum RefusalReason
{
    /// <summary>It is not refused.</summary>
    None = 0,

    /// <summary>It is no CloudEvent: not JSON, not an object, an attribute missing or of the wrong form.</summary>
    NotACloudEvent = 1,

    /// <summary>A member of the JSON stands twice.</summary>
    RepeatedMember = 2,

    /// <summary>It is larger than one event may be.</summary>
    TooLarge = 3,

    /// <summary>The package has no such event type.</summary>
    UnknownEventType = 4,

    /// <summary>The type is sent by the twin itself only.</summary>
    InternalEventType = 5,

    /// <summary>The subject is missing or is no element id.</summary>
    InvalidSubject = 6,

    /// <summary>The package has no such kind of element.</summary>
    UnknownKind = 7,

    /// <summary>The event type is not about elements of this kind.</summary>
    KindNotAllowed = 8,

    /// <summary>The time is no RFC 3339 time or lies outside of what the twin keeps.</summary>
    InvalidTime = 9,

    /// <summary>The time is more than the allowed five minutes ahead.</summary>
    TimeAhead = 10,

    /// <summary>The data has a member that the event type, or the kind, does not declare.</summary>
    UnknownField = 11,

    /// <summary>The data lacks a member that is required.</summary>
    MissingField = 12,

    /// <summary>A value is of another type than declared.</summary>
    WrongType = 13,

    /// <summary>A number is NaN, infinite or too large to be one.</summary>
    NotFinite = 14,

    /// <summary>A number lies outside of its range.</summary>
    OutOfRange = 15,

    /// <summary>A text is longer than allowed.</summary>
    TextTooLong = 16,

    /// <summary>A text is not one of the codes of its code list.</summary>
    UnknownCode = 17,

    /// <summary>The package or the kind has no such reading.</summary>
    UnknownReading = 18,

    /// <summary>A reading comes in another unit than declared.</summary>
    UnknownUnit = 19,

    /// <summary>The package has no such evidence type.</summary>
    UnknownEvidence = 20,

    /// <summary>The package has no such relation kind.</summary>
    UnknownRelation = 21,

    /// <summary>The relation kind does not join elements of these kinds.</summary>
    RelationNotAllowed = 22,

    /// <summary>An element may have no relation to itself.</summary>
    RelationToItself = 23,

    /// <summary>The package has no such case type, or it is not about this kind.</summary>
    UnknownCaseType = 24,

    /// <summary>A geometry is not valid GeoJSON in CRS84, or not of the declared type.</summary>
    InvalidGeometry = 25,

    /// <summary>The revision of the element is another one than the event expects.</summary>
    StaleRevision = 100,

    /// <summary>The element was never registered.</summary>
    ElementUnknown = 101,

    /// <summary>The element has retired.</summary>
    ElementRetired = 102,

    /// <summary>The element has no such case, or it is not open.</summary>
    UnknownCase = 103,

    /// <summary>The case cannot take this step from its state.</summary>
    TransitionNotAllowed = 104,

    /// <summary>A penalty without both reviews by two people.</summary>
    ReviewMissing = 105,

    /// <summary>The working calendar ends before the due time.</summary>
    CalendarMissing = 106,

    /// <summary>The piece to be withdrawn is no longer among the last ones that the element remembers.</summary>
    PieceUnknown = 107,

    /// <summary>The element has as many relations of the kind as are allowed.</summary>
    TooManyRelations = 108,

    /// <summary>As many cases about the element are open as are allowed.</summary>
    TooManyCases = 109,

    /// <summary>Rules set each other off deeper than allowed.</summary>
    RulesTooDeep = 110,

    /// <summary>A rule raises an event that no rule may send: one for persons, or one that the kernel acts on itself.</summary>
    NotForRules = 111,

    /// <summary>An expression of a rule gives a value that its consequence cannot take.</summary>
    RuleValueInvalid = 112,

    /// <summary>Its bytes in the log cannot be read, or name what the package does not know.</summary>
    Unreadable = 200,

    /// <summary>The kernel failed on it: a mistake of the program.</summary>
    KernelFailed = 201,

    /// <summary>It stands in the log of a partition that its subject does not belong to, or names a cause from no partition of the log.</summary>
    WrongPartition = 202,
}

/// <summary>An event that was not accepted: why, where and what would be right.</summary>
/// <param name="Reason">The numbered reason.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Pointer">The JSON pointer (RFC 6901) of the member at fault, within the event; empty for the whole event.</param>
[GenerateSerializer, Immutable, Alias("pudong.refusal")]
public sealed record Refusal([property: Id(0)] RefusalReason Reason, [property: Id(1)] string Message, [property: Id(2)] string Pointer);
