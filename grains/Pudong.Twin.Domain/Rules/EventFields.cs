using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Domain.Rules;

/// <summary>The fields of an event's data as expressions see them; those of built-in types have the order of <see cref="BuiltInEvents"/>.</summary>
internal static class EventFields
{
    /// <summary>The value of a field.</summary>
    /// <param name="draft">The element.</param>
    /// <param name="data">The event's data.</param>
    /// <param name="field">The field's ordinal in its event type.</param>
    /// <returns>The value; NULL where the event has none.</returns>
    public static Value Of(Draft draft, EventData data, int field) => data switch
    {
        FieldData fields => field < fields.Values.Length ? fields.Values[field] : Value.Null,
        ReadingData reading => field == 0 ? Value.Of(draft.Kind.Readings[reading.Reading].Name) : Value.Of(reading.Number),
        RelationData relation => Value.Of(field == 0 ? draft.Package.Relations[relation.Relation].Name : relation.Target.ToString()),
        EvidenceData evidence => field switch
        {
            0 => NameOf(draft.Package, evidence.Type),
            1 => Value.Of(evidence.Severity),
            2 => Value.Of(evidence.Confidence),
            _ => Value.Of(evidence.Case),
        },
        EvidenceEndData end => NameOf(draft.Package, end.Type),
        CaseData @case => field switch
        {
            0 => Value.Of(@case.Case),
            1 => Value.Of(@case.CaseType),
            _ => Value.Of(@case.Verified),
        },
        _ => Value.Null,
    };

    private static Value NameOf(ModelPackage package, int evidence) => Value.Of(package.Risk.Find((ushort)evidence)?.Name);
}
