using System.Collections.Frozen;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Packages.Yaml;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>Which names packages may give to their parts.</summary>
internal static class NameRules
{
    private const int Longest = 64;

    // INTERFACES.md, section 2: the properties of every element and the parameters of every query.
    private static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
        [
            .. ElementProperty.Common.Select(property => property.Queryable.Name), .. ElementProperty.CommonAttributes.Select(attribute => attribute.Name),
            "reading", "event", "limit", "cursor", "bbox", "datetime", "filter", "properties", "sortby", "resultType", "nearest", "relation", "direction", "depth",
            "distance", "f", "after", "branch", "asof", "at", "aggregate", "groupby",
        ],
        StringComparer.Ordinal);

    /// <summary>Event types, rules, case types, scenes, indicators: <c>reading-received</c>.</summary>
    public static bool IsKebab(string name) => Fits(name, '-', capitals: false);

    /// <summary>Evidence types: <c>gas_alarm</c>.</summary>
    public static bool IsSnake(string name) => Fits(name, '_', capitals: false);

    /// <summary>Relations, attributes, fields, readings: <c>locatedIn</c>, <c>pm25</c>.</summary>
    public static bool IsCamel(string name) => Fits(name, '_', capitals: true);

    /// <summary>Checks the name of an entry and notes what would be right.</summary>
    public static bool Check(YamlScalar name, string sort, Func<string, bool> rule, string example, PackageErrors errors)
    {
        if (!rule(name.Value))
        {
            errors.Add(name.Place, $"'{name.Value}' cannot be the name of {(sort[0] is 'a' or 'e' or 'i' ? "an" : "a")} {sort}; expected letters and digits such as '{example}', at most {Longest}.");
            return false;
        }

        return true;
    }

    /// <summary>Checks the name of an attribute, which must not hide what every element has.</summary>
    public static bool CheckAttribute(YamlScalar name, PackageErrors errors)
    {
        if (Reserved.Contains(name.Value))
        {
            errors.Add(name.Place, $"The name '{name.Value}' is taken: every element or every query has it; choose another name for the attribute.");
            return false;
        }

        return Check(name, "attribute", IsCamel, "floorArea", errors);
    }

    /// <summary>Kinds: as element ids allow them.</summary>
    public static bool IsKind(string name) => ElementId.IsKind(name);

    private static bool Fits(string name, char joint, bool capitals)
    {
        if (name.Length is 0 or > Longest || !char.IsAsciiLetterLower(name[0]))
        {
            return false;
        }

        foreach (var character in name)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character != joint && !(capitals && char.IsAsciiLetterUpper(character)))
            {
                return false;
            }
        }

        return true;
    }
}
