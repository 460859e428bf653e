using Pudong.Twin.Domain.Packages.Yaml;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>Reads the evidence types and the couplings (RISK-MODEL.md, sections 2 and 5).</summary>
internal static class EvidenceReader
{
    /// <summary>One evidence type.</summary>
    public static void Read(YamlScalar name, Members members, Draft draft)
    {
        var index = members.Integer("index", 0, 9_999, required: true);
        var domain = DomainOf(members.Scalar("domain", "a domain of risk", required: true), draft);
        var type = new EvidenceType
        {
            Index = (ushort)(index ?? 0),
            Name = name.Value,
            Domain = domain ?? RiskDomain.Safety,
            Severity = members.Number("severity", 0, 0.99, required: true) ?? 0,
            HalfLifeHours = (members.Duration("halfLife", required: true) ?? 3_600_000) / 3_600_000.0,
            Mode = members.OneOf("mode", true, ("add", EvidenceMode.Add), ("max", EvidenceMode.Max)) ?? EvidenceMode.Add,
            Cap = members.Number("cap", 0.000_001, 100, required: true) ?? 1,
            Residual = members.Number("residual", 0, 1, required: true) ?? 0,
            Reading = RangeOf(members, "reading"),
        };
        var title = members.Local("title", required: true);
        members.RefuseOthers();
        Check(name, members, type, index is not null, draft);
        if (title is not null)
        {
            draft.EvidenceTitles[name.Value] = title;
        }

        draft.Evidence.Add(type);
    }

    /// <summary>The couplings over one kind of relation: a mapping of domain to share for either direction.</summary>
    public static void ReadCoupling(YamlScalar name, Members members, Draft draft)
    {
        var relation = draft.FindRelation(name);
        foreach (var (member, direction) in new[] { ("toTarget", RelationDirection.FromOwner), ("toOwner", RelationDirection.ToOwner) })
        {
            foreach (var entry in members.Map(member, "a mapping of domain to share")?.Entries ?? [])
            {
                var share = ShareOf(entry, members, draft);
                if (DomainOf(entry.Key, draft) is { } domain && relation is not null && share is not null)
                {
                    draft.Couplings.Add(new Coupling((ushort)relation.Index, direction, domain, share.Value));
                }
            }
        }

        members.RefuseOthers();
        if (relation?.Containment == true)
        {
            draft.Errors.Add(name.Place, $"The relation '{name.Value}' is a containment, and containment carries no risk; expected no coupling (RISK-MODEL.md, section 7).");
        }
    }

    /// <summary>A range of readings, written as a list of two numbers.</summary>
    public static ReadingRange? RangeOf(Members members, string name)
    {
        const string Expected = "a list of two different numbers";
        var node = members.Take(name, Expected);
        if (node is YamlList { Items: [var from, var to] } && Numbers.TryParse(from, out var low) && Numbers.TryParse(to, out var high) && low != high)
        {
            return new ReadingRange(low, high);
        }

        if (node is not null)
        {
            members.Wrong(name, node, Expected);
        }

        return null;
    }

    private static RiskDomain? DomainOf(YamlScalar? name, Draft draft)
    {
        if (name is null)
        {
            return null;
        }

        var index = draft.Domains.IndexOf(name.Value);
        if (index < 0)
        {
            draft.Errors.AddUnknown(name.Place, "domain of risk", name.Value, draft.Domains);
        }

        return index < 0 ? null : new RiskDomain((byte)index);
    }

    private static double? ShareOf(YamlEntry entry, Members members, Draft draft)
    {
        if (Numbers.TryParse(entry.Value, out var share) && share is >= 0 and <= 0.6)
        {
            return share;
        }

        draft.Errors.Add(entry.Value.Place, $"The share for '{entry.Key.Value}' in {members.What} is {entry.Value.Description}; expected a number from 0 to 0.6.");
        return null;
    }

    private static void Check(YamlScalar name, Members members, EvidenceType type, bool hasIndex, Draft draft)
    {
        NameRules.Check(name, "evidence type", NameRules.IsSnake, "gas_alarm", draft.Errors);
        var other = hasIndex ? draft.Evidence.FirstOrDefault(other => other.Index == type.Index) : null;
        if (other is not null)
        {
            draft.Errors.Add(name.Place, $"The evidence types '{other.Name}' and '{name.Value}' both have index {type.Index}; expected an index of its own for each.");
        }

        if (type is { Reading: not null, Mode: not EvidenceMode.Max })
        {
            draft.Errors.Add(name.Place, $"The {members.What} scales with a reading but has mode add; expected mode max.");
        }
    }
}
