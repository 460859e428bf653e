using System.Collections.Immutable;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Domain.Tests.Risk;

/// <summary>What the labels of a network have to be once its traffic has ended, found without any message.</summary>
internal static class BestPaths
{
    /// <summary>Tries every path without a cycle and keeps the best for each target, source and domain.</summary>
    public static SortedDictionary<ElementId, SortedDictionary<LabelKey, Influence>> ByBruteForce(RiskNetwork network)
    {
        var best = Empty(network);
        foreach (var source in network.Elements)
        {
            foreach (var published in network.State(source).Published)
            {
                if (!published.Loads.IsEmpty)
                {
                    Extend(network, best, new Influence(source, published.Domain, 1, [], published.Version, published.Loads), source);
                }
            }
        }

        return best;
    }

    /// <summary>Fixes one label after the other, the highest rank of the whole network first, as far as each element has places.</summary>
    public static SortedDictionary<ElementId, SortedDictionary<LabelKey, Influence>> ByRank(RiskNetwork network)
    {
        var fixedLabels = Empty(network);
        var offered = new List<(ElementId At, Influence Label, double Rank)>();
        foreach (var source in network.Elements)
        {
            foreach (var published in network.State(source).Published)
            {
                if (!published.Loads.IsEmpty)
                {
                    Offer(network, offered, new Influence(source, published.Domain, 1, [], published.Version, published.Loads), source);
                }
            }
        }

        while (offered.Count > 0)
        {
            var (at, label, _) = offered.MinBy(x => x, Comparer<(ElementId At, Influence Label, double Rank)>.Create(Compare));
            offered.RemoveAll(x => x.At == at && x.Label == label);
            if (fixedLabels[at].Count < network.Parameters.MaxInfluences && fixedLabels[at].TryAdd(label.Key, label))
            {
                Offer(network, offered, label, at);
            }
        }

        return fixedLabels;
    }

    /// <summary>The first difference between what elements hold and what they should; null when there is none.</summary>
    public static string? Difference(RiskNetwork network, SortedDictionary<ElementId, SortedDictionary<LabelKey, Influence>> expected)
    {
        foreach (var id in network.Elements)
        {
            var held = network.State(id).Labels;
            var right = expected[id].Values.ToImmutableArray();
            if (!held.SequenceEqual(right) || !held.Zip(right).All(pair => pair.First.Loads.SequenceEqual(pair.Second.Loads)))
            {
                return $"{id} holds [{Show(held)}] but should hold [{Show(right)}]";
            }
        }

        return null;
    }

    private static string Show(IEnumerable<Influence> labels) =>
        string.Join("; ", labels.Select(x => $"{x.Source.Key}/{x.Domain} v{x.Version} {x.Reach:0.#####} {string.Join('>', x.Path.Select(p => p.Key.ToString()))}"));

    private static void Extend(RiskNetwork network, SortedDictionary<ElementId, SortedDictionary<LabelKey, Influence>> best, Influence label, ElementId at)
    {
        foreach (var (to, next) in Offers(network, label, at))
        {
            if (!best[to].TryGetValue(next.Key, out var known) || Rank.IsBetterRoute(next, known))
            {
                best[to][next.Key] = next;
            }

            Extend(network, best, next, to);
        }
    }

    private static void Offer(RiskNetwork network, List<(ElementId At, Influence Label, double Rank)> offered, Influence label, ElementId at)
    {
        foreach (var (to, next) in Offers(network, label, at))
        {
            offered.Add((to, next, Rank.Of(network.Parameters, next)));
        }
    }

    private static IEnumerable<(ElementId To, Influence Label)> Offers(RiskNetwork network, Influence label, ElementId at)
    {
        foreach (var neighbour in network.Neighbours(at).Neighbours)
        {
            var reach = label.Reach * neighbour.ShareTo(label.Domain);
            var arrives = network.Neighbours(neighbour.Id).Find(at)?.ShareFrom(label.Domain) > 0;
            var faded = reach * Fading.Sum(network.Parameters, label.Loads, network.Clock(neighbour.Id)) < network.Parameters.DropBelow;
            if (arrives && !faded && reach >= network.Parameters.Threshold && neighbour.Id != label.Source && !label.Path.Contains(neighbour.Id))
            {
                yield return (neighbour.Id, new Influence(label.Source, label.Domain, reach, label.Path.Add(at), label.Version, label.Loads));
            }
        }
    }

    private static int Compare((ElementId At, Influence Label, double Rank) x, (ElementId At, Influence Label, double Rank) y)
    {
        if (x.Rank != y.Rank)
        {
            return y.Rank.CompareTo(x.Rank);
        }

        var byKey = x.Label.Key.CompareTo(y.Label.Key);
        return byKey != 0 ? byKey : Rank.IsBetterRoute(x.Label, y.Label) ? -1 : Rank.IsBetterRoute(y.Label, x.Label) ? 1 : x.At.CompareTo(y.At);
    }

    private static SortedDictionary<ElementId, SortedDictionary<LabelKey, Influence>> Empty(RiskNetwork network)
    {
        var empty = new SortedDictionary<ElementId, SortedDictionary<LabelKey, Influence>>();
        foreach (var id in network.Elements)
        {
            empty.Add(id, []);
        }

        return empty;
    }
}
