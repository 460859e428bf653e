using System.Collections.Frozen;
using Pudong.Twin.Domain.Packages.Yaml;
using Pudong.Twin.Domain.Risk;
using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>Reads how the base load of a kind follows from its attributes (RISK-MODEL.md, section 4).</summary>
internal static class BaseLoadReader
{
    /// <summary>The indicators of a kind; a later package replaces them all.</summary>
    public static void Read(KindDraft kind, Members members, Draft draft)
    {
        const string Expected = "a list of mappings with 'attribute', 'weight', 'missing' and 'linear' or 'codes'";
        var indicators = members.Maps("baseLoad", Expected).Select(map => ReadIndicator(map, kind, members, draft)).OfType<BaseLoadIndicator>().ToArray();
        if (indicators.Length == 0)
        {
            return;
        }

        var sum = indicators.Sum(indicator => indicator.Weight);
        if (Math.Abs(sum - 1) > 1e-9)
        {
            draft.Errors.Add(members.Place, FormattableString.Invariant($"The weights of the base load of {members.What} add up to {sum:0.######}; expected 1."));
        }

        kind.BaseLoad = new BaseLoadRules([.. indicators]);
    }

    private static BaseLoadIndicator? ReadIndicator(YamlMap map, KindDraft kind, Members owner, Draft draft)
    {
        var members = new Members(map, $"base load of {owner.What}", draft.Errors);
        var name = members.Scalar("attribute", "an attribute of the kind", required: true);
        var attribute = draft.Find(name, "attribute", kind.Attributes, known => known.Name);
        var linear = EvidenceReader.RangeOf(members, "linear");
        var codes = CodesOf(members, attribute, draft);
        var indicator = new BaseLoadIndicator
        {
            Attribute = name?.Value ?? "",
            Weight = members.Number("weight", 0, 1, required: true) ?? 0,
            Missing = members.Number("missing", 0, 1, required: true) ?? 0,
            Linear = linear,
            Codes = codes,
        };
        members.RefuseOthers();
        CheckMap(members, attribute, linear is not null, codes.Count > 0, draft);
        return attribute is null ? null : indicator;
    }

    private static FrozenDictionary<string, double> CodesOf(Members members, AttributeDefinition? attribute, Draft draft)
    {
        var codes = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var entry in members.Map("codes", "a mapping of code to a number from 0 to 1")?.Entries ?? [])
        {
            if (!Numbers.TryParse(entry.Value, out var share) || share is < 0 or > 1)
            {
                draft.Errors.Add(entry.Value.Place, $"The value of code '{entry.Key.Value}' is {entry.Value.Description}; expected a number from 0 to 1.");
            }

            if (attribute is not null && !attribute.Queryable.Codes.Contains(entry.Key.Value))
            {
                draft.Errors.AddUnknown(entry.Key.Place, $"code of attribute '{attribute.Name}'", entry.Key.Value, attribute.Queryable.Codes);
            }

            codes[entry.Key.Value] = share;
        }

        return codes.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void CheckMap(Members members, AttributeDefinition? attribute, bool linear, bool codes, Draft draft)
    {
        if (linear == codes)
        {
            draft.Errors.Add(members.Place, $"The {members.What} has {(linear ? "both 'linear' and 'codes'" : "neither 'linear' nor 'codes'")}; expected one of them.");
        }
        else if (linear && attribute?.Queryable.Type is not (null or QueryableType.Number or QueryableType.Integer))
        {
            draft.Errors.Add(members.Place, $"The {members.What} maps attribute '{attribute.Name}' linearly, but that is no number; expected 'codes'.");
        }
    }
}
