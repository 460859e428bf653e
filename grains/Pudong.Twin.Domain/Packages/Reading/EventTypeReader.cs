using System.Collections.Frozen;
using System.Collections.Immutable;
using Pudong.Twin.Domain.Packages.Yaml;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>Reads the event types that a package adds to the built-in ones.</summary>
internal static class EventTypeReader
{
    /// <summary>One event type.</summary>
    public static void Read(YamlScalar name, Members members, Draft draft)
    {
        NameRules.Check(name, "event type", NameRules.IsKebab, "complaint-received", draft.Errors);
        var type = new EventType(name.Value, EventAction.None)
        {
            Title = members.Local("title", required: true),
            Kinds = draft.KindsOf(members, "kinds").ToFrozenSet(StringComparer.Ordinal),
            Fields = FieldsOf(members, draft),
            PersonOnly = members.Truth("person"),
        };
        members.RefuseOthers();
        NumberChecks.Check(name, "event type", draft.EventTypes.Keys, draft.Errors);
        if (!draft.EventTypes.TryAdd(name.Value, type))
        {
            draft.Errors.Add(name.Place, BuiltInEvents.Contains(name.Value)
                ? $"The event type '{name.Value}' is built in; expected another name."
                : $"The event type '{name.Value}' is declared twice; expected one declaration.");
        }
    }

    private static ImmutableArray<AttributeDefinition> FieldsOf(Members members, Draft draft)
    {
        var fields = ImmutableArray.CreateBuilder<AttributeDefinition>();
        foreach (var entry in members.Map("fields", "a mapping of name to field")?.Entries ?? [])
        {
            NameRules.Check(entry.Key, "field", NameRules.IsCamel, "channel", draft.Errors);
            if (AttributeReader.Read(entry.Key, entry.Value, members.What, isField: true, draft) is { } field
                && NumberChecks.Check(entry.Key, "field", fields.Select(known => known.Name), draft.Errors))
            {
                fields.Add(field with { Ordinal = fields.Count });
            }
        }

        return fields.DrainToImmutable();
    }
}
