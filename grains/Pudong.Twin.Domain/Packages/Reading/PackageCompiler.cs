using System.Collections.Frozen;
using Pudong.Twin.Domain.Packages.Yaml;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>Turns the sections of all layers into the parts of a package, in the order in which they need each other.</summary>
internal sealed class PackageCompiler(Draft draft, List<Layer> layers)
{
    private static readonly string[] Sections =
        ["package", "domains", "laws", "kinds", "relations", "evidence", "couplings", "events", "cases", "rules", "indicators", "contracts", "scenes", "texts"];

    /// <summary>The parts; they only count when no error was noted.</summary>
    public PackageContent Compile()
    {
        RefuseOtherSections();
        ReadDomains();
        Each("laws", "law", GovernanceReader.ReadLaw, known: draft.Laws.ContainsKey);
        EachNode("kinds", (name, node) => KindReader.Declare(name, node, draft));
        Each("relations", "relation", RelationReader.Read, known: name => draft.Relations.Any(relation => relation.Name == name), extendable: true);
        Each("evidence", "evidence type", EvidenceReader.Read, known: name => draft.Evidence.Any(type => type.Name == name));
        Each("kinds", "kind", KindReader.Read);
        BuildKinds();
        Each("couplings", "coupling", EvidenceReader.ReadCoupling);
        Each("events", "event type", EventTypeReader.Read);
        Each("cases", "case type", CaseReader.Read);
        var rules = new RuleReader(draft);
        Each("rules", "rule", (name, members, _) => rules.Read(name, members));
        Each("indicators", "indicator", GovernanceReader.ReadIndicator, known: draft.Indicators.ContainsKey);
        Each("contracts", "data contract", GovernanceReader.ReadContract, known: draft.Contracts.ContainsKey);
        Each("scenes", "scene", GovernanceReader.ReadScene, known: draft.Scenes.ContainsKey);
        EachNode("texts", ReadText);
        return ContentOf(rules);
    }

    private PackageContent ContentOf(RuleReader rules)
    {
        var types = rules.Finish();
        var top = layers[^1];
        return new PackageContent(top.Version)
        {
            Bases = [.. layers.SkipLast(1).Select(layer => layer.Version)],
            Fingerprint = PackageSource.FingerprintOf(layers.Select(layer => layer.Source)),
            Title = top.Title,
            Kinds = [.. draft.BuiltKinds.Values],
            Relations = [.. draft.Relations],
            Risk = new RiskParameters { Domains = [.. draft.Domains], Types = [.. draft.Evidence.DistinctBy(type => type.Index)], Couplings = new CouplingTable([.. draft.Couplings]) },
            EvidenceTitles = draft.EvidenceTitles.ToFrozenDictionary(StringComparer.Ordinal),
            EventTypes = types,
            CaseTypes = [.. draft.CaseTypes.Values],
            Indicators = [.. draft.Indicators.Values],
            Scenes = [.. draft.Scenes.Values],
            Contracts = [.. draft.Contracts.Values],
            Laws = [.. draft.Laws.Values],
            Texts = draft.Texts.ToFrozenDictionary(StringComparer.Ordinal),
        };
    }

    private void BuildKinds()
    {
        foreach (var kind in draft.Kinds.Values)
        {
            draft.BuiltKinds.Add(kind.Name, kind.Build(draft.Domains));
        }
    }

    private void ReadDomains()
    {
        foreach (var (_, node) in NodesOf("domains"))
        {
            if (node is not YamlList list)
            {
                draft.Errors.Add(node.Place, $"The 'domains' are {node.Description}; expected a list of names to append to {string.Join(", ", RiskDomain.StandardNames)}.");
                continue;
            }

            foreach (var item in list.Items)
            {
                if (item is YamlScalar name && NameRules.Check(name, "domain of risk", NameRules.IsSnake, "traffic", draft.Errors) && !draft.Domains.Contains(name.Value))
                {
                    draft.Domains.Add(name.Value);
                }
                else
                {
                    draft.Errors.Add(item.Place, $"The domain {item.Description} is no new name; expected one that is not among {string.Join(", ", draft.Domains)}.");
                }
            }
        }
    }

    private void ReadText(YamlScalar name, YamlNode node)
    {
        if (node is not YamlMap map)
        {
            draft.Errors.Add(node.Place, $"The text '{name.Value}' is {node.Description}; expected a mapping with 'zh' and 'en'.");
        }
        else if (LocalTexts.Read(map, $"text '{name.Value}'", draft.Errors) is { } text && !draft.Texts.TryAdd(name.Value, text))
        {
            draft.Errors.Add(name.Place, $"The text '{name.Value}' is declared twice; expected one declaration.");
        }
    }

    private void Each(string section, string sort, Action<YamlScalar, Members, Draft> read, Predicate<string>? known = null, bool extendable = false) =>
        EachNode(section, (name, node) =>
        {
            if (node is not YamlMap map)
            {
                draft.Errors.Add(node.Place, $"The {sort} '{name.Value}' is {node.Description}; expected a mapping.");
            }
            else if (known is not null && known(name.Value) && !(extendable && map.Entries.Any(entry => entry.Key.Value == "extend")))
            {
                draft.Errors.Add(name.Place, $"The {sort} '{name.Value}' is declared twice; expected one declaration.");
            }
            else
            {
                read(name, new Members(map, $"{sort} '{name.Value}'", draft.Errors), draft);
            }
        });

    private void EachNode(string section, Action<YamlScalar, YamlNode> read)
    {
        var count = 0;
        foreach (var (key, node) in NodesOf(section))
        {
            if (node is not YamlMap map)
            {
                draft.Errors.Add(node.Place, $"The section '{section}' is {node.Description}; expected a mapping of names to declarations.");
                continue;
            }

            count += map.Entries.Length;
            if (count > draft.Limits.Entries)
            {
                draft.Errors.Add(key.Place, $"The section '{section}' has more than {draft.Limits.Entries} entries; expected less.");
                return;
            }

            foreach (var entry in map.Entries)
            {
                read(entry.Key, entry.Value);
            }
        }
    }

    private IEnumerable<(YamlScalar Key, YamlNode Node)> NodesOf(string section) =>
        layers.SelectMany(layer => layer.Files).SelectMany(file => file.Entries).Where(entry => entry.Key.Value == section).Select(entry => (entry.Key, entry.Value));

    private void RefuseOtherSections()
    {
        foreach (var entry in layers.SelectMany(layer => layer.Files).SelectMany(file => file.Entries).Where(entry => !Sections.Contains(entry.Key.Value)))
        {
            draft.Errors.AddUnknown(entry.Key.Place, "section", entry.Key.Value, Sections);
        }
    }
}
