using System.Text.Json;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Risk;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Risk;

/// <summary>RISK-MODEL.md, section 13: a shop, its building and the shop beside it; and the 36 streets and towns.</summary>
public sealed class WorkedExampleTests
{
    private const ushort InBuilding = 0;
    private const ushort Adjoins = 1;
    private const double Exact = 1e-9;
    private const double FourDecimals = 1e-4;

    private static readonly ElementId S = RiskSamples.Element("S");
    private static readonly ElementId B = ElementId.Of("building", "B");
    private static readonly ElementId N = RiskSamples.Element("N");

    private static readonly RiskParameters Parameters = RiskSamples.Standard with
    {
        Couplings = new CouplingTable([.. RiskSamples.Both(InBuilding, RiskDomain.Safety, 0.4, 0.5), .. RiskSamples.Both(Adjoins, RiskDomain.Safety, 0.3, 0.3)]),
    };

    [Fact]
    public void Explain_TheThreeElementCycle_GivesTheVectorsInAnyOrderOfDelivery()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(SharedData.PathOf("risk_test_vectors.json")));
        var steps = file.RootElement.GetProperty("three_element_cycle").GetProperty("steps");
        Assert.Equal(6, steps.GetArrayLength());
        foreach (var step in steps.EnumerateArray())
        {
            var label = step.GetProperty("label").GetString()!;
            var time = (long)(step.GetProperty("t_hours").GetDouble() * RiskSamples.Hour);
            for (var seed = 0; seed < 20; seed++)
            {
                var network = Play(time, label, new Random(seed));
                foreach (var expected in step.GetProperty("expected").EnumerateObject())
                {
                    Check(network, expected.Name switch { "S" => S, "B" => B, _ => N }, time, expected.Value, $"{label}, seed {seed}");
                }
            }
        }
    }

    [Fact]
    public void RiskAt_TheThirtySixStreetsAndTowns_GivesTheVectorsInAnyOrderOfDelivery()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(SharedData.PathOf("risk_test_vectors.json")));
        var vectors = file.RootElement.GetProperty("adjacency36");
        var pairs = File.ReadAllLines(SharedData.PathOf("pudong_adjacency.csv")).Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')).ToArray();
        Assert.Equal(78, pairs.Length);
        var parameters = RiskSamples.Standard with
        {
            Threshold = 0.02,
            LargestCoupling = 0.3,
            Couplings = new CouplingTable(RiskSamples.Both(Adjoins, RiskDomain.Safety, 0.3, 0.3)),
        };
        Assert.Equal(3, parameters.Hops);
        for (var seed = 0; seed < 10; seed++)
        {
            var chance = new Random(seed);
            var network = new RiskNetwork(parameters);
            foreach (var code in pairs.SelectMany(pair => new[] { pair[0], pair[2] }).Distinct())
            {
                network.Add(Town(code), BaseLoad.Of(0.01).Amount);
            }

            foreach (var pair in pairs)
            {
                network.Relate(Town(pair[0]), Adjoins, Town(pair[2]), 0);
            }

            foreach (var evidence in vectors.GetProperty("evidence_load_nats").EnumerateObject())
            {
                network.Evidence(Town(evidence.Name), RiskSamples.GasAlarm, evidence.Value.GetDouble(), 0);
            }

            network.Settle(chance);

            var expected = vectors.GetProperty("expected_r").EnumerateObject().ToArray();
            Assert.Equal(36, expected.Length);
            Assert.All(expected, town => Assert.Equal(town.Value.GetDouble(), network.Risk(Town(town.Name), 0), Exact));
        }
    }

    [Fact]
    public void After_TheShopAt24Hours_FallsToBAndToAAtTheSecondsOfTheExample()
    {
        var day = 24 * RiskSamples.Hour;
        var state = Play(day, "", new Random(1)).State(S);
        var baseLoad = BaseLoad.Of(0.02).Amount;
        Assert.Equal(RiskBand.C, state.Band);

        var toB = NextBandChange.After(Parameters, baseLoad, state, day);
        Assert.Equal(150_042_000, toB);

        var later = state with { Band = RiskBand.B };
        Assert.Equal(650_603_000, NextBandChange.After(Parameters, baseLoad, later, toB!.Value));
    }

    [Fact]
    public void Apply_AThirdBlockedExitThatComesLate_EndsAsInOrder()
    {
        var piece = EvidenceType.LoadOf(0.2, 0.8);
        var context = RiskSamples.Alone(Parameters, 24 * RiskSamples.Hour);
        var late = RiskModel.Apply(context, RiskState.Quiet, [Blocked(0), Blocked(24), Blocked(12)]).State;
        var inOrder = RiskModel.Apply(context, RiskState.Quiet, [Blocked(0), Blocked(12), Blocked(24)]).State;

        Assert.Equal(0.498200649, late.Loads[0].AmountAt(24 * RiskSamples.Hour, 168), Exact);
        Assert.Equal(inOrder.Loads[0].Amount, late.Loads[0].Amount, Exact);

        RiskAction Blocked(int hour) => RiskAction.Evidence(RiskSamples.FireExitBlocked, piece, hour * RiskSamples.Hour);
    }

    [Fact]
    public void Apply_AGasAlarmFromBeforeItsClearing_CountsItsResidual()
    {
        var context = RiskSamples.Alone(Parameters, 24 * RiskSamples.Hour);
        var cleared = RiskModel.Apply(context, RiskState.Quiet, [Gas(0.9, 0), RiskAction.Clear(RiskSamples.GasAlarm, 24 * RiskSamples.Hour)]).State;
        Assert.Equal(0.038826439, cleared.Loads[0].Amount, Exact);

        var late = RiskModel.Apply(context, cleared, [Gas(1, 12)]).State;
        Assert.Equal(0.064791539, late.Loads[0].Amount, Exact);

        static RiskAction Gas(double confidence, int hour) => RiskAction.Evidence(RiskSamples.GasAlarm, EvidenceType.LoadOf(0.6, confidence), hour * RiskSamples.Hour);
    }

    private static ElementId Town(string code) => ElementId.Of("town", code);

    private static RiskNetwork Play(long until, string label, Random chance)
    {
        var network = new RiskNetwork(Parameters);
        network.Add(S, BaseLoad.Of(0.02).Amount);
        network.Add(B, BaseLoad.Of(0.05).Amount);
        network.Add(N, BaseLoad.Of(0.02).Amount);
        network.Relate(S, InBuilding, B, 0);
        network.Relate(N, InBuilding, B, 0);
        network.Relate(S, Adjoins, N, 0);
        var blocked = EvidenceType.LoadOf(0.2, 0.8);
        var gas = EvidenceType.LoadOf(0.6, 0.9);
        Assert.Equal(0.174353387145, blocked, 1e-12);
        Assert.Equal(0.776528789499, gas, 1e-12);
        network.Act(S, 0, RiskAction.Evidence(RiskSamples.GasAlarm, gas, 0), RiskAction.Evidence(RiskSamples.FireExitBlocked, blocked, 0, "case-1"));
        for (var deliveries = chance.Next(8); deliveries > 0 && !network.IsSettled; deliveries--)
        {
            network.DeliverOne(chance);
        }

        if (until >= 24 * RiskSamples.Hour)
        {
            network.Act(S, 24 * RiskSamples.Hour, RiskAction.Evidence(RiskSamples.FireExitBlocked, blocked, 24 * RiskSamples.Hour, "case-2"));
        }

        if (label.StartsWith("5a", StringComparison.Ordinal))
        {
            network.Act(S, until, RiskAction.CloseVerified("case-1", until), RiskAction.CloseVerified("case-2", until));
        }

        if (label.StartsWith("5b", StringComparison.Ordinal))
        {
            network.Evidence(N, RiskSamples.GasAlarm, gas, until);
        }

        network.Settle(chance);
        return network;
    }

    private static void Check(RiskNetwork network, ElementId id, long time, JsonElement expected, string where)
    {
        var probability = id == B ? 0.05 : 0.02;
        var explanation = Explainer.Explain(Parameters, BaseLoad.Of(probability), network.State(id), time);
        var message = $"{where}, {id}";
        Near(expected.GetProperty("h"), explanation.Load, Exact, message);
        Near(expected.GetProperty("r"), network.Risk(id, time), Exact, message);
        Near(expected.GetProperty("score"), explanation.Score, FourDecimals, message);
        var terms = expected.GetProperty("terms").EnumerateArray().ToArray();
        Assert.Equal(terms.Length, explanation.Terms.Length);
        foreach (var term in terms)
        {
            var name = term.GetProperty("id").GetString();
            var found = Assert.Single(explanation.Terms, candidate => NameOf(candidate, id) == name);
            Near(term.GetProperty("phi"), found.Load, Exact, $"{message}, {name}");
            Near(term.GetProperty("points"), found.Points, FourDecimals, $"{message}, {name}");
            Near(term.GetProperty("score_without"), found.ScoreWithout, FourDecimals, $"{message}, {name}");
        }
    }

    private static string NameOf(ExplanationTerm term, ElementId receiver) => term.Kind switch
    {
        ExplanationTermKind.Base => "base",
        ExplanationTermKind.Own => Parameters.Find(term.Types[0].Type)!.Name,
        _ => FormattableString.Invariant($"from {term.Source!.Key.ToString()} via {string.Join('>', term.Path.Append(receiver).Select(id => id.Key.ToString()))} pi={term.Reach}"),
    };

    private static void Near(JsonElement expected, double actual, double tolerance, string where) =>
        Assert.True(Math.Abs(expected.GetDouble() - actual) <= tolerance, $"{where}: expected {expected.GetDouble()}, got {actual}.");
}
