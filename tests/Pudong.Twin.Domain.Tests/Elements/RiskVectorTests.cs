using System.Collections.Frozen;
using System.Text.Json;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Risk;
using Pudong.Twin.Domain.Tests.Identity;
using Pudong.Twin.Domain.Tests.Packages;
using Xunit;
using static Pudong.Twin.Domain.Tests.Elements.Sample;

namespace Pudong.Twin.Domain.Tests.Elements;

/// <summary>The worked example and the 36 streets and towns of RISK-MODEL.md, section 13, through whole elements, with effects delivered in random orders.</summary>
public sealed class RiskVectorTests
{
    private const double Rounded = 1e-9;
    private const int Seeds = 25;

    private static readonly Lazy<ModelPackage> Triangle = new(() =>
    {
        var content = SmallPackage.Content(1);
        return new ModelPackage(content with
        {
            // Base probabilities .02 for shops, whose indicator is 0, and .05 for buildings, whose indicator is 1.
            Kinds = [.. content.Kinds.Select(kind => WithBase(kind, kind.Name == "building" ? 1 : 0))],
            Risk = content.Risk with { SendDelta = 0, BaseMin = 0.02, BaseMax = 0.05 },
        });
    });

    [Fact]
    public void Send_TheWorkedExample_ComesToItsNumbersInAnyOrderOfDelivery()
    {
        using var vectors = JsonDocument.Parse(SharedData.Text("risk_test_vectors.json"));
        var steps = vectors.RootElement.GetProperty("three_element_cycle").GetProperty("steps").EnumerateArray().ToArray();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var chance = new Random(seed);
            CheckSteps(Begun(chance), steps, chance, branch: 4);
            CheckSteps(Begun(chance), steps, chance, branch: 5);
        }
    }

    [Fact]
    public void Send_EvidenceInTheStreetsAndTowns_ComesToTheExpectedRisks()
    {
        using var vectors = JsonDocument.Parse(SharedData.Text("risk_test_vectors.json"));
        var adjacency = vectors.RootElement.GetProperty("adjacency36");
        var package = TownPackage();
        for (var seed = 0; seed < 5; seed++)
        {
            var chance = new Random(seed);
            var city = new TestCity(package, 8) { DeliversTwice = seed % 2 == 1 };
            var expected = adjacency.GetProperty("expected_r").EnumerateObject().ToDictionary(pair => TownOf(pair.Name), pair => pair.Value.GetDouble());
            city.Send(expected.Keys.Order().Select(town => Registered(town)), chance);
            city.Send(SharedData.Rows("pudong_adjacency.csv").Select(row => Related(TownOf(row[0]), 0, TownOf(row[2]))), chance);

            var evidence = adjacency.GetProperty("evidence_load_nats").EnumerateObject()
                .Select(pair => Evidence(TownOf(pair.Name), 0, 1 - Math.Exp(-pair.Value.GetDouble()), 1, 0));
            city.Send(evidence.OrderBy(_ => chance.Next()).ToArray(), chance);

            Assert.All(expected, pair => Assert.True(Math.Abs(city.RiskAt(pair.Key, At(0)) - pair.Value) <= Rounded, $"{pair.Key}, seed {seed}: {city.RiskAt(pair.Key, At(0))} instead of {pair.Value}."));
        }
    }

    private static TestCity Begun(Random chance)
    {
        var city = new TestCity(Triangle.Value);
        return city.Send(
        [
            Registered(Shop), Registered(NextDoor), Registered(Building),
            Related(Shop, SmallPackage.LocatedIn, Building), Related(NextDoor, SmallPackage.LocatedIn, Building), Related(Shop, SmallPackage.Adjoins, NextDoor),
            Case(Shop, "case-opened", "exit-1", 0), Case(Shop, "case-opened", "exit-2", 0),
        ], chance);
    }

    private static void CheckSteps(TestCity city, JsonElement[] steps, Random chance, int branch)
    {
        city.Send([Evidence(Shop, SmallPackage.GasAlarm, 0.6, 0.9, 0), Evidence(Shop, SmallPackage.FireExitBlocked, 0.2, 0.8, 0, "exit-1")], chance);
        Check(city, steps[0]);
        city.Send([Evidence(Shop, SmallPackage.FireExitBlocked, 0.2, 0.8, 24, "exit-2")], chance);
        Check(city, steps[1]);
        Check(city, steps[2]);
        Check(city, steps[3]);
        city.Send(
            branch == 4
                ? [Case(Shop, "case-closed", "exit-1", 48, verified: true), Case(Shop, "case-closed", "exit-2", 48, verified: true)]
                : [Evidence(NextDoor, SmallPackage.GasAlarm, 0.6, 0.9, 48)],
            chance);
        Check(city, steps[branch]);
    }

    private static void Check(TestCity city, JsonElement step)
    {
        var time = At(step.GetProperty("t_hours").GetDouble());
        foreach (var expected in step.GetProperty("expected").EnumerateObject())
        {
            var id = expected.Name switch { "S" => Shop, "N" => NextDoor, _ => Building };
            Assert.Equal(expected.Value.GetProperty("r").GetDouble(), city.RiskAt(id, time), Rounded);
            var explanation = ElementRisk.Explain(city.Package, city[id], time);
            Assert.Equal(
                expected.Value.GetProperty("terms").EnumerateArray().Select(term => term.GetProperty("phi").GetDouble()).Order(),
                explanation.Terms.Where(term => term.Load > 0).Select(term => term.Load).Order(),
                (x, y) => Math.Abs(x - y) <= Rounded);
        }
    }

    private static ElementKind WithBase(ElementKind kind, double indicator) => new(kind.Name, RiskDomain.StandardNames, kind.Attributes, kind.Readings)
    {
        Consequence = kind.Consequence,
        BaseLoad = new BaseLoadRules([new BaseLoadIndicator { Attribute = "town", Weight = 1, Missing = indicator, Codes = new Dictionary<string, double> { ["x"] = 0 }.ToFrozenDictionary() }]),
    };

    private static ElementId TownOf(string code) => ElementId.Of("town", code);

    private static ModelPackage TownPackage()
    {
        var town = new ElementKind("town", RiskDomain.StandardNames, ElementProperty.CommonAttributes, []);
        return new ModelPackage(new PackageContent(new PackageVersion("test.towns", 1))
        {
            Kinds = [town],
            Relations = [new RelationKind(0, "adjoins")],
            Risk = SmallPackage.Content(1).Risk with
            {
                SendDelta = 0,
                Threshold = 0.02,
                LargestCoupling = 0.3,
                BaseMin = 0.01,
                Couplings = new CouplingTable(
                    [new Coupling(0, RelationDirection.FromOwner, RiskDomain.Safety, 0.3), new Coupling(0, RelationDirection.ToOwner, RiskDomain.Safety, 0.3)]),
            },
        });
    }
}
