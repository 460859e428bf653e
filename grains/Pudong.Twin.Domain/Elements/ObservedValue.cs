using Pudong.Twin.Domain.Events;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Domain.Elements;

/// <summary>The value of one attribute, when it was observed and by whom.</summary>
/// <param name="Ordinal">The attribute's ordinal in its kind, or <see cref="NameOrdinal"/>.</param>
/// <param name="Value">The value; NULL says that the attribute's value was taken away then.</param>
/// <param name="Time">When it was observed, in Unix milliseconds.</param>
/// <param name="Source">Who observed it: the event's source.</param>
/// <param name="Key">The event that brought it.</param>
public readonly record struct ObservedValue(int Ordinal, Value Value, long Time, string Source, EventKey Key)
{
    /// <summary>The ordinal under which the element's name is kept: it is observed like an attribute.</summary>
    public const int NameOrdinal = ushort.MaxValue;

    /// <summary>Whether this observation replaces another one of the same attribute: it is later or, at the same time, has no lower key.</summary>
    /// <param name="other">The other observation.</param>
    public bool Replaces(in ObservedValue other) => Time > other.Time || (Time == other.Time && Key.Value >= other.Key.Value);
}
