using System.Collections.Frozen;
using Pudong.Twin.Domain.Packages.Yaml;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>Reads the kinds of element.</summary>
internal static class KindReader
{
    /// <summary>Notes the name of a kind, so that relations and events may name it before its content is read.</summary>
    public static void Declare(YamlScalar name, YamlNode node, Draft draft)
    {
        NameRules.Check(name, "kind", NameRules.IsKind, "enterprise", draft.Errors);
        var extends = node is YamlMap map && map.Entries.Any(entry => entry is { Key.Value: "extend", Value: YamlScalar { Value: "true" } });
        if (extends && !draft.Kinds.ContainsKey(name.Value))
        {
            draft.Errors.AddUnknown(name.Place, "kind", name.Value, draft.Kinds.Keys);
        }
        else if (!extends && draft.Kinds.ContainsKey(name.Value))
        {
            draft.Errors.Add(name.Place, $"The kind '{name.Value}' is declared twice; expected one declaration, or 'extend: true' to add to the kind of a package below.");
        }

        draft.Kinds.TryAdd(name.Value, new KindDraft(name.Value));
    }

    /// <summary>The content of a kind.</summary>
    public static void Read(YamlScalar name, Members members, Draft draft)
    {
        var kind = draft.Kinds[name.Value];
        var extends = members.Truth("extend");
        kind.Title = members.Local("title", required: !extends) ?? kind.Title;
        ReadAttributes(kind, members, draft);
        ReadingReader.Read(kind, members, draft);
        ReadConsequence(kind, members, draft);
        BaseLoadReader.Read(kind, members, draft);
        kind.RememberedEvents = members.Integer("remember", 16, 256) ?? kind.RememberedEvents;
        kind.HistoryLength = members.Integer("history", 0, 256) ?? kind.HistoryLength;
        kind.OpenCaseLimit = members.Integer("openCases", 1, 256) ?? kind.OpenCaseLimit;
        members.RefuseOthers();
    }

    private static void ReadAttributes(KindDraft kind, Members members, Draft draft)
    {
        foreach (var entry in members.Map("attributes", "a mapping of name to attribute")?.Entries ?? [])
        {
            if (!NameRules.CheckAttribute(entry.Key, draft.Errors))
            {
                continue;
            }

            if (kind.Attributes.Any(known => known.Name == entry.Key.Value))
            {
                draft.Errors.Add(entry.Key.Place, $"The {members.What} has attribute '{entry.Key.Value}' already; expected another name.");
            }
            else if (AttributeReader.Read(entry.Key, entry.Value, members.What, isField: false, draft) is { } attribute
                && NumberChecks.Check(entry.Key, "attribute", kind.Attributes.Select(known => known.Name), draft.Errors))
            {
                CheckOtherKinds(entry.Key, attribute, draft);
                kind.Attributes.Add(attribute with { Ordinal = kind.Attributes.Count });
            }
        }
    }

    // One collection shows all kinds, so a name means one type everywhere.
    private static void CheckOtherKinds(YamlScalar name, AttributeDefinition attribute, Draft draft)
    {
        foreach (var other in draft.Kinds.Values)
        {
            if (other.Attributes.FirstOrDefault(known => known.Name == attribute.Name) is { } same && same.Queryable.Type != attribute.Queryable.Type)
            {
                draft.Errors.Add(
                    name.Place,
                    $"The attribute '{name.Value}' is of type {TypeNames.Of(attribute.Queryable.Type)} here and of type {TypeNames.Of(same.Queryable.Type)} in kind '{other.Name}'; expected one type for one name.");
                return;
            }
        }
    }

    private static void ReadConsequence(KindDraft kind, Members members, Draft draft)
    {
        const string Expected = "0.2, 0.4, 0.6, 0.8 or 1";
        var standard = kind.Consequence.Standard;
        if (members.Scalar("consequence", Expected) is { } scalar && LevelOf(scalar, $"'consequence' of {members.What}", draft) is { } level)
        {
            standard = level;
        }

        var special = new Dictionary<string, Consequence>(kind.Consequence.ByExposure, StringComparer.Ordinal);
        foreach (var entry in members.Map("consequenceByExposure", $"a mapping of exposure code to {Expected}")?.Entries ?? [])
        {
            CheckExposure(kind, entry.Key, draft);
            if (LevelOf(entry.Value, $"consequence of exposure '{entry.Key.Value}' of {members.What}", draft) is { } higher)
            {
                special[entry.Key.Value] = higher;
            }
        }

        kind.Consequence = new ConsequenceRules(standard, special.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private static Consequence? LevelOf(YamlNode node, string what, Draft draft)
    {
        if (Numbers.TryParse(node, out var number) && Consequence.TryFrom(number, out var consequence))
        {
            return consequence;
        }

        draft.Errors.Add(node.Place, $"The {what} is {node.Description}; expected 0.2, 0.4, 0.6, 0.8 or 1.");
        return null;
    }

    private static void CheckExposure(KindDraft kind, YamlScalar code, Draft draft)
    {
        if (kind.Attributes.FirstOrDefault(attribute => attribute.Name == "exposure") is not { } exposure)
        {
            draft.Errors.Add(code.Place, $"The kind '{kind.Name}' has no attribute 'exposure'; expected one of type code with '{code.Value}' among its codes.");
        }
        else if (!exposure.Queryable.Codes.Contains(code.Value))
        {
            draft.Errors.AddUnknown(code.Place, "code of attribute 'exposure'", code.Value, exposure.Queryable.Codes);
        }
    }
}
