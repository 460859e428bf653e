using CsCheck;
using Pudong.Twin.Domain.Risk;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Risk;

/// <summary>RISK-MODEL.md, section 11, items 1, 8, 9 and 10: what is read from the state of random networks.</summary>
public sealed class RiskScoreTests
{
    private const double Tolerance = 1e-9;

    private static readonly Gen<int> AnySeed = Gen.Int;
    private static readonly long[] Later = [0, 1, RiskSamples.Hour, 30 * RiskSamples.Hour, 3_000 * RiskSamples.Hour];

    [Fact]
    public void RiskAt_AnyNetwork_KeepsItsBounds() => OfEveryElement((network, id, time) =>
    {
        var (parameters, state, baseLoad) = (network.Parameters, network.State(id), network.Base(id));
        var risk = RiskScore.RiskAt(parameters, baseLoad, state, time);
        Assert.InRange(risk, RiskScore.RiskOf(baseLoad), 1 - 1e-17);
        Assert.True(risk < 1);
        Assert.All(state.Labels, label => Assert.True(RiskScore.Worth(parameters, label, time) >= 0));
        Assert.All(state.Loads, load => Assert.True(RiskScore.Worth(parameters, load, time) >= 0));
        for (byte domain = 0; domain < 5; domain++)
        {
            Assert.True(RiskScore.RiskOf(RiskScore.LoadAt(parameters, baseLoad, state, new RiskDomain(domain), time)) <= risk);
        }
    });

    [Fact]
    public void RiskAt_ALoadWithoutEnd_StaysBelowOne() => Assert.True(RiskScore.RiskOf(1_000) < 1);

    [Fact]
    public void RiskAt_LaterTimes_NeverRises() => OfEveryElement((network, id, time) =>
        Assert.True(network.Risk(id, time) >= network.Risk(id, time + (7 * RiskSamples.Hour)) - Tolerance));

    [Fact]
    public void RiskAt_LongAfterTheLastEvidence_IsTheBaseAgain() => OfEveryElement((network, id, time) =>
        Assert.Equal(RiskScore.RiskOf(network.Base(id)), network.Risk(id, time + (4_380 * 60 * RiskSamples.Hour)), Tolerance));

    [Fact]
    public void OwnRisk_AtAReceiver_HasTheBitsOfTheSource() => OfEveryElement((network, id, time) =>
    {
        foreach (var label in network.State(id).Labels)
        {
            var published = network.State(label.Source).Published.Single(domain => domain.Domain == label.Domain);
            Assert.Equal(
                BitConverter.DoubleToInt64Bits(RiskScore.OwnRisk(network.Parameters, published.Loads, time)),
                BitConverter.DoubleToInt64Bits(RiskScore.OwnRisk(network.Parameters, label.Loads, time)));
        }
    });

    [Fact]
    public void Worth_OfALabel_IsOffByAtMostReachTimesSendDelta() =>
        AnySeed.Sample(seed =>
        {
            var (network, time) = RandomNetworks.Settled(seed, parameters => parameters with { SendDelta = 0.2 });
            foreach (var id in network.Elements)
            {
                foreach (var label in network.State(id).Labels)
                {
                    var own = network.State(label.Source).Loads.RemoveAll(load => network.Parameters.Find(load.Type)!.Domain != label.Domain);
                    var truth = RiskScore.InfluenceLoad(label.Reach, RiskScore.OwnRisk(network.Parameters, own, time));
                    Assert.InRange(RiskScore.Worth(network.Parameters, label, time) - truth, -(label.Reach * 0.2) - Tolerance, (label.Reach * 0.2) + Tolerance);
                }
            }
        }, iter: 100, threads: 2);

    [Fact]
    public void Explain_AnyElement_AddsUpAndCountersExactly() => OfEveryElement((network, id, time) =>
    {
        var (parameters, state) = (network.Parameters, network.State(id));
        var explanation = Explainer.Explain(parameters, new BaseLoad(0.02, network.Base(id), true), state, time);

        Assert.True(explanation.BaseIncomplete);
        Assert.Equal(100 * network.Risk(id, time), explanation.Score, Tolerance);
        Assert.Equal(explanation.Score, explanation.Terms.Sum(term => term.Points), Tolerance);
        Assert.Equal(explanation.Terms.OrderByDescending(term => term.Points), explanation.Terms);
        foreach (var term in explanation.Terms)
        {
            var without = term.Kind switch
            {
                ExplanationTermKind.Base => RiskScore.RiskAt(parameters, 0, state, time),
                ExplanationTermKind.Own => RiskScore.RiskAt(parameters, network.Base(id), state with { Loads = state.Loads.RemoveAll(load => load.Type == term.Types[0].Type) }, time),
                _ => RiskScore.RiskAt(parameters, network.Base(id), state with { Labels = state.Labels.RemoveAll(label => label.Source == term.Source && label.Domain == term.Domain) }, time),
            };
            Assert.Equal(100 * without, term.ScoreWithout, 1e-7);
            Assert.Equal(term.Kind == ExplanationTermKind.Base ? 0 : term.Load, term.Types.Sum(type => type.Load), Tolerance);
        }
    });

    [Fact]
    public void ScoreWithoutType_AnyElement_EqualsALoneRecomputation() => OfEveryElement((network, id, time) =>
    {
        var (parameters, state) = (network.Parameters, network.State(id));
        var unknown = parameters with { Types = parameters.Types.RemoveAll(type => type.Index == RiskSamples.GasAlarm) };

        Assert.Equal(
            100 * RiskScore.RiskAt(unknown, network.Base(id), state, time),
            Explainer.ScoreWithoutType(parameters, network.Base(id), state, RiskSamples.GasAlarm, time),
            Tolerance);
    });

    [Fact]
    public void Explain_NoLoadAtAll_GivesNoPoints()
    {
        var explanation = Explainer.Explain(RiskSamples.Standard, BaseLoad.Of(0), RiskState.Quiet, 0);

        Assert.Equal(0, Assert.Single(explanation.Terms).Points);
    }

    private static void OfEveryElement(Action<RiskNetwork, Domain.Elements.ElementId, long> check) =>
        AnySeed.Sample(seed =>
        {
            var (network, time) = RandomNetworks.Settled(seed);
            foreach (var id in network.Elements)
            {
                foreach (var later in Later)
                {
                    check(network, id, time + later);
                }
            }
        }, iter: 60, threads: 2);
}
