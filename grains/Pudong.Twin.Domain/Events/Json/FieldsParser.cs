using System.Runtime.InteropServices;
using System.Text.Json;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Domain.Events.Json;

/// <summary>Reads the fields of an event type that a package declares.</summary>
internal sealed class FieldsParser(PackageNames names, Refusals refusals, CloudEventOptions options)
{
    private readonly ValueParser _values = new(refusals, options);
    private readonly MemberParser _members = new(refusals);

    /// <summary>The fields of the object at which the reader stands; null when one is refused.</summary>
    public FieldData? Read(ref Utf8JsonReader reader, EventType type)
    {
        if (!_members.Begin(ref reader))
        {
            return null;
        }

        var table = names.Fields[type];
        var values = new Value[type.Fields.Length];
        var seen = new bool[type.Fields.Length];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!table.TryFind(ref reader, out var field))
            {
                refusals.Enter(reader.ValueSpan.Length > 256 ? "…" : reader.GetString()!);
                _members.Unknown(ref reader, RefusalReason.UnknownField, $"field of event type '{type.Name}'", table.Names);
                return null;
            }

            refusals.Enter(field.Name);
            if (!TryRead(ref reader, field, seen, values))
            {
                return null;
            }

            refusals.Leave();
        }

        return Complete(type, values);
    }

    /// <summary>The fields of an event without data; null when one is required.</summary>
    public FieldData? ReadMissing(EventType type) => Complete(type, new Value[type.Fields.Length]);

    private bool TryRead(ref Utf8JsonReader reader, AttributeDefinition field, bool[] seen, Value[] values)
    {
        if (seen[field.Ordinal])
        {
            return refusals.Refuse(RefusalReason.RepeatedMember, $"The member '{field.Name}' stands twice; expected it once.");
        }

        seen[field.Ordinal] = true;
        reader.Read();
        return _values.TryRead(ref reader, field, out values[field.Ordinal]);
    }

    private FieldData? Complete(EventType type, Value[] values)
    {
        foreach (var field in type.Fields)
        {
            if (field.Required && values[field.Ordinal].IsNull)
            {
                refusals.Refuse(RefusalReason.MissingField, $"An event of type '{type.Name}' lacks the field '{field.Name}'; expected it in 'data'.");
                return null;
            }
        }

        return new FieldData(ImmutableCollectionsMarshal.AsImmutableArray(values));
    }
}
