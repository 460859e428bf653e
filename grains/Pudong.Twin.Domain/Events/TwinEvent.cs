using Orleans;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events.Coding;

namespace Pudong.Twin.Domain.Events;

/// <summary>Something that happened to an element, after CloudEvents 1.0, checked against the package and typed.</summary>
/// <param name="Id">The sender's id of the event; unique together with <paramref name="Source"/>.</param>
/// <param name="Source">Who sent it, a URI reference.</param>
/// <param name="Type">The event type's name.</param>
/// <param name="Subject">The element it is about.</param>
/// <param name="Time">When it happened, in Unix milliseconds UTC.</param>
/// <param name="Data">What happened, in the form of its type.</param>
/// <remarks>
/// Events pass through the kernel by the million and most are asked for their key only, so the text of the id is made when somebody first asks for it, and what few
/// events have takes no place in the others.
/// </remarks>
[Immutable]
public sealed record TwinEvent(string Id, string Source, string Type, ElementId Subject, long Time, EventData Data)
{
    // Both are made when first asked for; two threads that do so at once make the same. A key of 0 is not made yet.
    private string? _id = Id;
    private ulong _key;

    private readonly AsciiText _spelledId;
    private readonly Particulars? _particulars;

    /// <summary>The sender's id of the event; unique together with <see cref="Source"/>.</summary>
    public string Id
    {
        get => _id ??= _spelledId.ToString();
        init => (_id, _spelledId, _key) = (value, default, 0);
    }

    /// <summary>Who sent it, a URI reference.</summary>
    public string Source
    {
        get;
        init => (field, _key) = (value, 0);
    } = Source;

    /// <summary>The revision the element must have; null when any will do. Another one refuses the event as stale.</summary>
    public long? ExpectedRevision
    {
        get => _particulars?.ExpectedRevision;
        init => _particulars = Changed(value is null) is { } kept ? kept with { ExpectedRevision = value } : null;
    }

    /// <summary>What caused a derived event; null for one from outside.</summary>
    public Cause? Cause
    {
        get => _particulars?.Cause;
        init => _particulars = Changed(value is null) is { } kept ? kept with { Cause = value } : null;
    }

    /// <summary>The trace it belongs to (W3C <c>traceparent</c>); null when it is not traced.</summary>
    public string? TraceParent
    {
        get => _particulars?.TraceParent;
        init => _particulars = Changed(value is null) is { } kept ? kept with { TraceParent = value } : null;
    }

    /// <summary>What an element remembers of the event in order to know it again.</summary>
    public EventKey Key
    {
        get
        {
            if (_key == 0)
            {
                _key = (_id is null ? EventKey.Of(Source, _spelledId.Bytes) : EventKey.Of(Source, _id)).Value;
            }

            return new EventKey(_key);
        }
    }

    /// <summary>The id as a reader found it; empty where it is known by its text only.</summary>
    internal AsciiText SpelledId
    {
        get => _spelledId;
        init => (_spelledId, _id) = (value, value.IsEmpty ? _id : null);
    }

    /// <summary>Whether another event says the same.</summary>
    /// <param name="other">The other event.</param>
    public bool Equals(TwinEvent? other) => ReferenceEquals(this, other)
        || (other is not null && Time == other.Time && Type == other.Type && Subject == other.Subject && Source == other.Source && Id == other.Id
            && ExpectedRevision == other.ExpectedRevision && Cause == other.Cause && TraceParent == other.TraceParent && Equals(Data, other.Data));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Key, Type, Subject, Time);

    private Particulars? Changed(bool toNothing) => _particulars ?? (toNothing ? null : Particulars.None);

    private sealed record Particulars(long? ExpectedRevision, Cause? Cause, string? TraceParent)
    {
        public static readonly Particulars None = new(null, null, null);
    }
}

/// <summary>The event of a partition's log that made another one.</summary>
/// <param name="Partition">The partition of the causing event.</param>
/// <param name="Position">Its position there.</param>
/// <param name="Ordinal">Which of its effects this is, from 0.</param>
/// <remarks>Effects are appended in the order of their causes, and the receiver applies none at or below its high-water mark for the causing partition.</remarks>
[GenerateSerializer, Immutable, Alias("pudong.cause")]
public readonly record struct Cause([property: Id(0)] int Partition, [property: Id(1)] LogPosition Position, [property: Id(2)] int Ordinal)
{
    /// <summary>Whether this effect comes after another one of the same partition.</summary>
    /// <param name="mark">The other effect: a high-water mark.</param>
    public bool IsAfter(Cause mark) => Position > mark.Position || (Position == mark.Position && Ordinal > mark.Ordinal);
}
