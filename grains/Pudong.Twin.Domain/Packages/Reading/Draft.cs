using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>A package while it is read: what was declared so far, by name, in order.</summary>
internal sealed class Draft(PackageErrors errors, PackageLimits limits)
{
    public PackageErrors Errors { get; } = errors;

    public PackageLimits Limits { get; } = limits;

    public List<string> Domains { get; } = [.. RiskDomain.StandardNames];

    public Dictionary<string, KindDraft> Kinds { get; } = new(StringComparer.Ordinal);

    public List<RelationKind> Relations { get; } = [];

    public List<EvidenceType> Evidence { get; } = [];

    public Dictionary<string, LocalText> EvidenceTitles { get; } = new(StringComparer.Ordinal);

    public List<Coupling> Couplings { get; } = [];

    public Dictionary<string, EventType> EventTypes { get; } = BuiltInEvents.All.ToDictionary(type => type.Name, StringComparer.Ordinal);

    public Dictionary<string, CaseType> CaseTypes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Indicator> Indicators { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, DataContract> Contracts { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Scene> Scenes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, LegalBasis> Laws { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, LocalText> Texts { get; } = new(StringComparer.Ordinal);

    /// <summary>The kinds once their attributes and readings are complete.</summary>
    public Dictionary<string, ElementKind> BuiltKinds { get; } = new(StringComparer.Ordinal);

    /// <summary>Looks a name up among those declared and notes when it is not there.</summary>
    public T? Find<T>(Yaml.YamlScalar? name, string sort, IEnumerable<T> all, Func<T, string> nameOf)
        where T : class
    {
        if (name is null)
        {
            return null;
        }

        var found = all.FirstOrDefault(one => nameOf(one) == name.Value);
        if (found is null)
        {
            Errors.AddUnknown(name.Place, sort, name.Value, all.Select(nameOf));
        }

        return found;
    }

    public RelationKind? FindRelation(Yaml.YamlScalar? name) => Find(name, "relation", Relations, relation => relation.Name);

    public EvidenceType? FindEvidence(Yaml.YamlScalar? name) => Find(name, "evidence type", Evidence, type => type.Name);

    public EventType? FindEventType(Yaml.YamlScalar? name) => Find(name, "event type", EventTypes.Values, type => type.Name);

    public CaseType? FindCaseType(Yaml.YamlScalar? name) => Find(name, "case type", CaseTypes.Values, type => type.Name);

    /// <summary>The kinds that a member names; empty when it is absent.</summary>
    public List<string> KindsOf(Members members, string name)
    {
        var kinds = new List<string>();
        foreach (var kind in members.Names(name, "a list of kinds"))
        {
            if (Kinds.ContainsKey(kind.Value))
            {
                kinds.Add(kind.Value);
            }
            else
            {
                Errors.AddUnknown(kind.Place, "kind", kind.Value, Kinds.Keys);
            }
        }

        return kinds;
    }

    /// <summary>The ids of laws that a member names.</summary>
    public List<string> LawsOf(Members members)
    {
        var laws = members.Names("legalBasis", "a list of law ids");
        foreach (var law in laws.Where(law => !Laws.ContainsKey(law.Value)))
        {
            Errors.AddUnknown(law.Place, "law", law.Value, Laws.Keys);
        }

        return [.. laws.Select(law => law.Value)];
    }
}
