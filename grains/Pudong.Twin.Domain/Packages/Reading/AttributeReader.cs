using System.Collections.Immutable;
using Pudong.Twin.Domain.Packages.Yaml;
using Pudong.Twin.Query.Schemas;
using Queryable = Pudong.Twin.Query.Schemas.Queryable;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>Reads attributes of kinds and fields of event types, which are declared alike.</summary>
internal static class AttributeReader
{
    private const double AnyNumber = double.MaxValue;

    /// <summary>One attribute or field.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="node">Its declaration.</param>
    /// <param name="owner">What it belongs to, such as <c>kind 'enterprise'</c>.</param>
    /// <param name="isField">Whether it is a field of an event type.</param>
    /// <param name="draft">The package.</param>
    public static AttributeDefinition? Read(YamlScalar name, YamlNode node, string owner, bool isField, Draft draft)
    {
        var what = $"{(isField ? "field" : "attribute")} '{name.Value}' of {owner}";
        if (node is not YamlMap map)
        {
            draft.Errors.Add(node.Place, $"The {what} is {node.Description}; expected a mapping with 'type' and 'title'.");
            return null;
        }

        var members = new Members(map, what, draft.Errors);
        var type = TypeOf(members);
        var codes = CodesOf(members);
        var attribute = new AttributeDefinition(new Queryable(name.Value, type ?? QueryableType.Text) { Codes = codes }, 0)
        {
            Title = members.Local("title", required: true),
            Unit = members.Text("unit", "a unit in UCUM such as m2"),
            Minimum = members.Number("minimum", -AnyNumber, AnyNumber),
            Maximum = members.Number("maximum", -AnyNumber, AnyNumber),
            MaximumLength = members.Integer("maximumLength", 1, 4_096) ?? 256,
            Indexed = !isField && members.Truth("indexed"),
            Required = isField && members.Truth("required"),
        };
        members.RefuseOthers();
        CheckBounds(members, attribute, draft.Errors);
        return type is null ? null : attribute;
    }

    private static QueryableType? TypeOf(Members members) => members.OneOf(
        "type", true, ("text", QueryableType.Text), ("code", QueryableType.Text), ("number", QueryableType.Number), ("integer", QueryableType.Integer),
        ("boolean", QueryableType.Boolean), ("date", QueryableType.Date), ("time", QueryableType.Timestamp), ("point", QueryableType.Point), ("geometry", QueryableType.Geometry));

    private static ImmutableArray<string> CodesOf(Members members)
    {
        var isCode = (members.Take("type", "a type") as YamlScalar)?.Value == "code";
        var codes = members.Names("codes", "a list of codes", required: isCode);
        if (!isCode && codes.Length > 0)
        {
            members.Errors.Add(codes[0].Place, $"The {members.What} has codes but is not of type code; expected 'type: code', or no codes.");
        }

        foreach (var code in codes.GroupBy(code => code.Value, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            members.Errors.Add(code.Last().Place, $"The {members.What} lists code '{code.Key}' twice; expected each code once.");
        }

        return [.. codes.Select(code => code.Value)];
    }

    private static void CheckBounds(Members members, AttributeDefinition attribute, PackageErrors errors)
    {
        var isNumber = attribute.Queryable.Type is QueryableType.Number or QueryableType.Integer;
        if (!isNumber && (attribute.Minimum ?? attribute.Maximum) is not null)
        {
            errors.Add(members.Place, $"The {members.What} has a minimum or a maximum but is no number; expected 'type: number' or 'type: integer', or no bounds.");
        }

        if (attribute.Minimum > attribute.Maximum)
        {
            errors.Add(members.Place, $"The {members.What} has a minimum above its maximum; expected the minimum first.");
        }
    }
}
