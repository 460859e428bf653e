using System.Collections.Immutable;
using System.Globalization;
using Pudong.Twin.Domain.Packages.Yaml;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>Reads what people agree on around the events: laws, data contracts, indicators, scenes.</summary>
internal static class GovernanceReader
{
    /// <summary>A law or regulation.</summary>
    public static void ReadLaw(YamlScalar name, Members members, Draft draft)
    {
        NameRules.Check(name, "law", NameRules.IsKebab, "pudong-decision-2021", draft.Errors);
        var title = members.Local("title", required: true) ?? new LocalText(name.Value, name.Value);
        draft.Laws[name.Value] = new LegalBasis(name.Value, title)
        {
            Article = members.Text("article", "an article"),
            ValidFrom = DayOf(members, "validFrom"),
            ValidTo = DayOf(members, "validTo"),
        };
        members.RefuseOthers();
    }

    /// <summary>A data contract.</summary>
    public static void ReadContract(YamlScalar name, Members members, Draft draft)
    {
        NameRules.Check(name, "data contract", NameRules.IsKebab, "registry-basics", draft.Errors);
        var kind = draft.Find(members.Scalar("kind", "a kind of element", required: true), "kind", draft.Kinds.Values, known => known.Name);
        draft.Contracts[name.Value] = new DataContract(name.Value, members.Text("owner", "the department that owns the data", required: true) ?? "", kind?.Name ?? "")
        {
            Attributes = [.. AttributesOf(members, kind, draft)],
            Purposes = [.. members.Names("purposes", "a list of purposes", required: true).Select(purpose => purpose.Value)],
            Refresh = members.Duration("refresh", required: true) ?? 0,
            Retention = members.Duration("retention", required: true) ?? 0,
        };
        members.RefuseOthers();
    }

    /// <summary>An indicator.</summary>
    public static void ReadIndicator(YamlScalar name, Members members, Draft draft)
    {
        NameRules.Check(name, "indicator", NameRules.IsKebab, "filing-rate", draft.Errors);
        draft.Indicators[name.Value] = new Indicator(
            name.Value, CountOf(members, "count", required: true, draft) ?? new EventCount("", null), CountOf(members, "of", required: false, draft), members.Duration("window", required: true) ?? 0)
        {
            Title = members.Local("title", required: true),
            Dimensions = [.. members.Names("by", "a list of properties such as town").Select(dimension => dimension.Value)],
        };
        members.RefuseOthers();
    }

    /// <summary>A scene.</summary>
    public static void ReadScene(YamlScalar name, Members members, Draft draft)
    {
        NameRules.Check(name, "scene", NameRules.IsKebab, "street-enforcement", draft.Errors);
        draft.Scenes[name.Value] = new Scene(name.Value)
        {
            Title = members.Local("title", required: true),
            Purpose = members.Local("purpose", required: true),
            Lead = members.Text("lead", "the one department that leads", required: true),
            Fields = FieldsOf(members, draft),
            Kinds = [.. draft.KindsOf(members, "kinds")],
            Events = NamesOf(members, "events", "event type", draft.EventTypes.Keys, draft),
            Cases = NamesOf(members, "cases", "case type", draft.CaseTypes.Keys, draft),
            Indicators = NamesOf(members, "indicators", "indicator", draft.Indicators.Keys, draft),
            Contracts = NamesOf(members, "contracts", "data contract", draft.Contracts.Keys, draft),
            Roles = [.. members.Names("roles", "a list of roles").Select(role => role.Value)],
            LegalBasis = [.. draft.LawsOf(members)],
        };
        members.RefuseOthers();
    }

    private static ImmutableArray<string> FieldsOf(Members members, Draft draft) => NamesOf(members, "fields", "field of governance", ["economic", "social", "urban"], draft);

    private static ImmutableArray<string> NamesOf(Members members, string member, string sort, IReadOnlyCollection<string> known, Draft draft)
    {
        var names = members.Names(member, $"a list of names");
        foreach (var name in names.Where(name => !known.Contains(name.Value)))
        {
            draft.Errors.AddUnknown(name.Place, sort, name.Value, known);
        }

        return [.. names.Select(name => name.Value)];
    }

    private static IEnumerable<string> AttributesOf(Members members, KindDraft? kind, Draft draft)
    {
        foreach (var name in members.Names("attributes", "a list of attributes", required: true))
        {
            if (kind is not null && draft.Find(name, "attribute", kind.Attributes, attribute => attribute.Name) is { } attribute)
            {
                yield return attribute.Name;
            }
        }
    }

    private static EventCount? CountOf(Members members, string member, bool required, Draft draft)
    {
        if (members.Map(member, "a mapping with 'event' and perhaps 'where'", required) is not { } map)
        {
            return null;
        }

        var count = new Members(map, $"'{member}' of {members.What}", draft.Errors);
        var type = draft.FindEventType(count.Scalar("event", "an event type", required: true));
        var where = count.Scalar("where", "a condition in CQL2");
        var expression = ExpressionReader.Read(where, $"'where' of {count.What}", draft.Errors);
        count.RefuseOthers();
        if (type is not null && expression is not null)
        {
            ExpressionReader.Condition(where!, expression, Rules.RuleSchema.OfEvent(type), $"'where' of {count.What}", draft.Errors);
        }

        return type is null ? null : new EventCount(type.Name, expression);
    }

    private static DateOnly? DayOf(Members members, string name)
    {
        const string Expected = "a day such as 2021-11-01";
        var scalar = members.Scalar(name, Expected);
        if (scalar is not null && DateOnly.TryParseExact(scalar.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        if (scalar is not null)
        {
            members.Wrong(name, scalar, Expected);
        }

        return null;
    }
}
