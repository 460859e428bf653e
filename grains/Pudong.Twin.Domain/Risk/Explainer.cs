using System.Collections.Immutable;

namespace Pudong.Twin.Domain.Risk;

/// <summary>Explains scores.</summary>
/// <remarks>RISK-MODEL.md, section 6, "Explanation".</remarks>
public static class Explainer
{
    /// <summary>Takes the score of an element at a time apart.</summary>
    /// <param name="parameters">The package's numbers.</param>
    /// <param name="baseLoad">The base load.</param>
    /// <param name="state">The risk of the element.</param>
    /// <param name="time">In Unix milliseconds.</param>
    public static Explanation Explain(RiskParameters parameters, BaseLoad baseLoad, RiskState state, long time)
    {
        var sum = RiskScore.LoadAt(parameters, baseLoad.Amount, state, time);
        var risk = RiskScore.RiskOf(sum);
        var terms = new List<ExplanationTerm>(1 + state.Loads.Length + state.Labels.Length)
        {
            Term(ExplanationTermKind.Base, baseLoad.Amount, sum, risk),
        };
        foreach (var load in state.Loads)
        {
            if (parameters.Find(load.Type) is { } type)
            {
                var worth = RiskScore.Worth(parameters, in load, time);
                terms.Add(Term(ExplanationTermKind.Own, worth, sum, risk) with { Domain = type.Domain, Types = [new TypeShare(load.Type, worth, load.Pieces, load.At)] });
            }
        }

        foreach (var label in state.Labels)
        {
            var worth = RiskScore.Worth(parameters, in label, time);
            terms.Add(Term(ExplanationTermKind.Influence, worth, sum, risk) with
            {
                Domain = label.Domain,
                Types = Shares(parameters, label.Loads, worth, time),
                Source = label.Source,
                Reach = label.Reach,
                Path = label.Path,
            });
        }

        // A stable order by points keeps the canonical order, in which the terms stand now, between equal ones.
        return new Explanation(100 * risk, sum, [.. terms.OrderByDescending(term => term.Points)], baseLoad.Incomplete, state.Refused);
    }

    /// <summary>The score as it would be without all evidence of one type, the element's own and that in its labels.</summary>
    /// <param name="parameters">The package's numbers.</param>
    /// <param name="baseLoad"><c>β</c>, in nats.</param>
    /// <param name="state">The risk of the element.</param>
    /// <param name="type">The index of the type.</param>
    /// <param name="time">In Unix milliseconds.</param>
    public static double ScoreWithoutType(RiskParameters parameters, double baseLoad, RiskState state, ushort type, long time)
    {
        var without = state with
        {
            Loads = Without(state.Loads, type),
            Labels = [.. state.Labels.Select(label => new Influence(label.Source, label.Domain, label.Reach, label.Path, label.Version, Without(label.Loads, type)))],
        };
        return 100 * RiskScore.RiskAt(parameters, baseLoad, without, time);
    }

    private static ImmutableArray<Load> Without(ImmutableArray<Load> loads, ushort type) => loads.RemoveAll(load => load.Type == type);

    private static ExplanationTerm Term(ExplanationTermKind kind, double load, double sum, double risk) => new()
    {
        Kind = kind,
        Load = load,
        Points = sum == 0 ? 0 : 100 * risk * load / sum,
        ScoreWithout = 100 * RiskScore.RiskOf(Math.Max(0, sum - load)),
    };

    private static ImmutableArray<TypeShare> Shares(RiskParameters parameters, ImmutableArray<Load> loads, double worth, long time)
    {
        var sum = 0.0;
        foreach (var load in loads)
        {
            sum += RiskScore.Worth(parameters, in load, time);
        }

        var shares = ImmutableArray.CreateBuilder<TypeShare>(loads.Length);
        foreach (var load in loads)
        {
            shares.Add(new TypeShare(load.Type, sum == 0 ? 0 : worth * RiskScore.Worth(parameters, in load, time) / sum, load.Pieces, load.At));
        }

        return shares.DrainToImmutable();
    }
}
