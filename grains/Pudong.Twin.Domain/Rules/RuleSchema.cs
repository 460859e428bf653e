using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Query.Schemas;
using Queryable = Pudong.Twin.Query.Schemas.Queryable;

namespace Pudong.Twin.Domain.Rules;

/// <summary>Which names the conditions of rules may use: the properties of the element, then those of the event.</summary>
/// <remarks>
/// The ordinals of the element's properties are those of <see cref="ElementKind.Schema"/>. Behind them follow <c>event.time</c> and then <c>event.…</c> for each field of the
/// event type, by the field's ordinal.
/// </remarks>
public static class RuleSchema
{
    /// <summary>The schema for rules on events of a type about elements of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="type">The event type.</param>
    public static Schema Of(ElementKind kind, EventType type) => new([.. kind.Schema.Queryables, .. EventPart(type)]);

    /// <summary>The schema for conditions on events alone, as indicators have them.</summary>
    /// <param name="type">The event type.</param>
    public static Schema OfEvent(EventType type) => new(EventPart(type));

    private static IEnumerable<Queryable> EventPart(EventType type) =>
    [
        new Queryable("event.time", QueryableType.Timestamp),
        .. type.Fields.Select(field => field.Queryable with { Name = $"event.{field.Name}" }),
    ];
}
