using System.Collections.Immutable;
using Pudong.Twin.Contracts.Elements;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Grains.Elements;

/// <summary>Turns the risk model's explanation, which speaks in numbers, into one that speaks in names.</summary>
internal static class Explaining
{
    /// <summary>Explains the score of an element.</summary>
    /// <param name="package">The package in force.</param>
    /// <param name="state">The element.</param>
    /// <param name="time">The moment, in Unix milliseconds.</param>
    /// <param name="without">Names of evidence types for the counterfactual; those that the package does not have change nothing.</param>
    public static ElementExplanation Of(ModelPackage package, ElementState state, long time, ImmutableArray<string> without)
    {
        var baseLoad = ElementRisk.BaseLoad(package, state);
        var explained = Explainer.Explain(package.Risk, baseLoad, state.Risk, time);
        return new ElementExplanation(
            state.Id,
            package.Version,
            time,
            explained.Score,
            BandRule.BandAt(package.Risk, baseLoad.Amount, state.Risk, time),
            [.. explained.Terms.Select(term => LineOf(package, term))])
        {
            BaseIncomplete = explained.BaseIncomplete,
            InfluenceTruncated = explained.InfluenceTruncated,
            ScoreWithout = without.IsEmpty ? null : 100 * RiskScore.RiskAt(package.Risk, baseLoad.Amount, Without(package, state.Risk, without), time),
            BandUntil = NextBandChange.After(package.Risk, baseLoad.Amount, state.Risk, Math.Max(state.Clock, time)),
            Changes = NewestFirst(state.Changes, 16),
        };
    }

    /// <summary>The last changes.</summary>
    /// <param name="changes">Changes, oldest first.</param>
    /// <param name="limit">How many at most.</param>
    public static ImmutableArray<ElementChange> NewestFirst(ImmutableArray<ElementChange> changes, int limit)
    {
        var newest = ImmutableArray.CreateBuilder<ElementChange>(Math.Min(limit, changes.Length));
        for (var i = changes.Length - 1; i >= 0 && newest.Count < limit; i--)
        {
            newest.Add(changes[i]);
        }

        return newest.DrainToImmutable();
    }

    private static ExplanationLine LineOf(ModelPackage package, ExplanationTerm term) => new(
        term.Kind,
        term.Domain is { } domain ? package.Domains[domain.Index] : null,
        term.Points,
        term.ScoreWithout,
        [.. term.Types.Select(share => new ExplainedEvidence(package.Risk.Find(share.Type)?.Name ?? "", share.Load, share.Pieces, share.LastTime))],
        term.Source,
        term.Path);

    private static RiskState Without(ModelPackage package, RiskState risk, ImmutableArray<string> names)
    {
        var types = names.Select(package.FindEvidence).OfType<EvidenceType>().Select(type => type.Index).ToHashSet();
        return risk with
        {
            Loads = risk.Loads.RemoveAll(load => types.Contains(load.Type)),
            Labels =
            [
                .. risk.Labels.Select(label => new Influence(
                    label.Source, label.Domain, label.Reach, label.Path, label.Version, label.Loads.RemoveAll(load => types.Contains(load.Type)))),
            ],
        };
    }
}
