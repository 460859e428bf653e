using System.Text.Json;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Domain.Events.Json;

/// <summary>Writes the members of an event's data under the names of the package.</summary>
internal sealed class DataJson(ModelPackage package)
{
    public void Write(Utf8JsonWriter json, TwinEvent e, EventType type)
    {
        switch (e.Data)
        {
            case FieldData data:
                WriteFields(json, data, type);
                break;
            case AttributeData data:
                WriteAttributes(json, data, KindOf(e));
                break;
            case RelationData data:
                WriteRelation(json, data);
                break;
            case ReadingData data:
                var reading = KindOf(e).Readings[data.Reading];
                json.WriteString("reading", reading.Name);
                json.WriteNumber("value", data.Number);
                json.WriteString("unit", reading.Unit);
                break;
            case EvidenceData data:
                json.WriteString("evidence", EvidenceOf(data.Type));
                json.WriteNumber("severity", data.Severity);
                json.WriteNumber("confidence", data.Confidence);
                WriteOptional(json, "case", data.Case);
                break;
            case EvidenceEndData data:
                json.WriteString("evidence", EvidenceOf(data.Type));
                WriteOptional(json, "case", data.Case);
                break;
            case CaseData data:
                WriteCase(json, data, type);
                break;
            default:
                WriteDerived(json, e);
                break;
        }
    }

    private void WriteDerived(Utf8JsonWriter json, TwinEvent e)
    {
        switch (e.Data)
        {
            case MirrorData data:
                json.WriteString("relation", package.Relations[data.Relation].Name);
                json.WriteString("owner", data.Owner.ToString());
                json.WriteBoolean("added", data.Added);
                break;
            case InfluenceChangedData data:
                json.WriteString("from", data.From.ToString());
                json.WriteNumber("offers", data.Message.Offers.Length);
                json.WriteNumber("withdrawals", data.Message.Withdrawals.Length);
                break;
            case InfluenceWantedData data:
                json.WriteString("from", data.From.ToString());
                json.WriteBoolean("all", data.Message.All);
                break;
            case DeadlineData data:
                json.WriteString("deadline", data.Kind.ToString());
                WriteOptional(json, "case", data.Case);
                break;
            case ActivationData data:
                json.WriteString("package", data.Package.ToString());
                break;
        }
    }

    private static void WriteFields(Utf8JsonWriter json, FieldData data, EventType type)
    {
        for (var ordinal = 0; ordinal < data.Values.Length; ordinal++)
        {
            if (!data.Values[ordinal].IsNull)
            {
                json.WritePropertyName(type.Fields[ordinal].Name);
                WriteValue(json, data.Values[ordinal]);
            }
        }
    }

    private void WriteAttributes(Utf8JsonWriter json, AttributeData data, ElementKind kind)
    {
        WriteOptional(json, "name", data.Name);
        if (data.Geometry.Geometry is { } geometry)
        {
            json.WritePropertyName("geometry");
            GeoJson.Write(json, geometry);
        }

        json.WriteStartObject("attributes");
        foreach (var value in data.Values)
        {
            json.WritePropertyName(kind.Attributes[value.Attribute].Name);
            WriteValue(json, value.Value);
        }

        json.WriteEndObject();
        if (data.Relations.Length > 0)
        {
            json.WriteStartArray("relations");
            foreach (var relation in data.Relations)
            {
                json.WriteStartObject();
                WriteRelation(json, relation);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    private void WriteRelation(Utf8JsonWriter json, RelationData data)
    {
        json.WriteString("relation", package.Relations[data.Relation].Name);
        json.WriteString("target", data.Target.ToString());
    }

    private void WriteCase(Utf8JsonWriter json, CaseData data, EventType type)
    {
        json.WriteString("case", data.Case);
        json.WriteString("caseType", data.CaseType);
        if (type.Action == EventAction.CloseCase)
        {
            json.WriteBoolean("verified", data.Verified);
        }

        if (type.Action == EventAction.OpenCase && data.Evidence is { } evidence)
        {
            json.WriteString("evidence", EvidenceOf(evidence));
        }
    }

    private static void WriteValue(Utf8JsonWriter json, in Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Null:
                json.WriteNullValue();
                break;
            case ValueKind.Boolean:
                json.WriteBooleanValue(value.Boolean);
                break;
            case ValueKind.Integer:
                json.WriteNumberValue(value.Integer);
                break;
            case ValueKind.Number:
                json.WriteNumberValue(value.Number);
                break;
            case ValueKind.Geometry:
                GeoJson.Write(json, value.Geometry!);
                break;
            default:
                // Texts, days and times print as JSON wants them.
                json.WriteStringValue(value.ToString());
                break;
        }
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private string EvidenceOf(int index) =>
        package.Risk.Find((ushort)index)?.Name ?? throw new ArgumentException($"Package {package} has no evidence type with index {index}.", nameof(index));

    private ElementKind KindOf(TwinEvent e) =>
        package.FindKind(e.Subject.Kind) ?? throw new ArgumentException($"Package {package} has no kind '{e.Subject.Kind}', which event '{e.Id}' is about.", nameof(e));
}
