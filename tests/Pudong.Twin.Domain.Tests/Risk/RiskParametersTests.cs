using System.Collections.Frozen;
using Pudong.Twin.Domain.Risk;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Risk;

public sealed class RiskParametersTests
{
    [Fact]
    public void Mistakes_TheStartingNumbers_AreNone()
    {
        Assert.Empty(RiskSamples.Standard.Mistakes());
        Assert.Equal(5, RiskSamples.Standard.Hops);
    }

    [Fact]
    public void Mistakes_MoreThanFiveHops_AreRefused() =>
        Assert.Equal(
            "With a largest coupling of 0.6 and a threshold of 0.04 influence travels more than 5 hops; expected a smaller coupling or a higher threshold.",
            Assert.Single((RiskSamples.Standard with { Threshold = 0.04 }).Mistakes()));

    [Fact]
    public void Mistakes_ACouplingAboveTheLargest_IsRefused() =>
        Assert.Equal(
            "The coupling of relation kind 3, domain 0 is 0.7; expected 0 to the largest coupling, 0.6.",
            Assert.Single((RiskSamples.Standard with { Couplings = new CouplingTable([new Coupling(3, RelationDirection.ToOwner, RiskDomain.Safety, 0.7)]) }).Mistakes()));

    [Fact]
    public void Mistakes_AllAtOnce_AreNamed()
    {
        var wrong = RiskSamples.Standard with
        {
            Threshold = double.NaN,
            SendDelta = -1,
            DropBelow = 0,
            MaxInfluences = 0,
            MaxNeighbours = 0,
            BaseMax = 0.001,
            Borders = new BandBorders(0.5, 0.4, 0.7, 0.02),
            Domains = ["safety"],
            Types =
            [
                RiskSamples.Type(0, "one", new RiskDomain(9), 1, 0, EvidenceMode.Add, 0, 2) with { Reading = new ReadingRange(1, 1) },
                RiskSamples.Type(0, "one", RiskDomain.Safety, 0.1, 1, EvidenceMode.Add, 1, 0),
            ],
        };

        var mistakes = wrong.Mistakes();

        Assert.Equal(17, mistakes.Length);
        Assert.All(mistakes, mistake => Assert.Contains("expected", mistake, StringComparison.Ordinal));
        Assert.Contains("The severity of evidence type 'one' is 1; expected 0 to 0.99.", mistakes);
    }

    [Theory]
    [InlineData(30, 0.5)]
    [InlineData(10, 0)]
    [InlineData(50, 1)]
    [InlineData(99, 1)]
    public void ShareOf_AReading_IsLinearBetweenItsEnds(double reading, double expected) => Assert.Equal(expected, new ReadingRange(10, 50).ShareOf(reading));

    [Fact]
    public void SeverityAt_ALowReadingThatIsBad_IsHigh()
    {
        var pressure = RiskSamples.Type(3, "fire_water_pressure_low", RiskDomain.Safety, 0.25, 72, EvidenceMode.Max, 1, 0) with { Reading = new ReadingRange(0.3, 0.1) };

        Assert.Equal(0.125, pressure.SeverityAt(0.2), 1e-12);
        Assert.Equal(0, pressure.SeverityAt(0.4));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(-0.1, 1)]
    [InlineData(0.5, 1.1)]
    [InlineData(0.5, double.NaN)]
    [InlineData(double.NaN, 0.5)]
    public void LoadOf_NumbersOutOfRange_AreRefused(double severity, double confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EvidenceType.LoadOf(severity, confidence));

    [Fact]
    public void Of_Indicators_AddsThemUpAndNamesWhatIsMissing()
    {
        var rules = new BaseLoadRules(
        [
            new BaseLoadIndicator { Attribute = "built", Weight = 0.5, Missing = 1, Linear = new ReadingRange(2020, 1980) },
            new BaseLoadIndicator { Attribute = "use", Weight = 0.5, Missing = 0.5, Codes = new Dictionary<string, double> { ["kitchen"] = 0.8 }.ToFrozenDictionary() },
        ]);
        Assert.Empty(rules.Mistakes());

        var complete = rules.Of(RiskSamples.Standard, [IndicatorValue.Of(2000), IndicatorValue.Of("kitchen")]);
        var incomplete = rules.Of(RiskSamples.Standard, [IndicatorValue.Missing, IndicatorValue.Of("unheard-of")]);

        Assert.Equal((0.06675, false), (Math.Round(complete.Probability, 9), complete.Incomplete));
        Assert.Equal(-Math.Log(1 - 0.06675), complete.Amount, 1e-12);
        Assert.Equal((0.07625, true), (Math.Round(incomplete.Probability, 9), incomplete.Incomplete));
        Assert.Throws<ArgumentException>(() => rules.Of(RiskSamples.Standard, []));
    }

    [Fact]
    public void Mistakes_OfIndicators_AreNamed()
    {
        var rules = new BaseLoadRules([new BaseLoadIndicator { Attribute = "built", Weight = 0.4, Missing = 2 }]);

        Assert.Equal(
        [
            "The stand-in of indicator 'built' is 2; expected 0 to 1.",
            "The indicator 'built' has no map; expected two different numbers or a table of codes.",
            "The sum of the indicators' weights is 0.4; expected 1.",
        ], rules.Mistakes());
    }

    [Fact]
    public void Of_AnExposure_RaisesTheConsequence()
    {
        var rules = new ConsequenceRules(new Consequence(2), new Dictionary<string, Consequence> { ["high-risk"] = new(4) }.ToFrozenDictionary());

        Assert.Equal((0.4, 0.8, 0.4), (rules.Of(null).Value, rules.Of("high-risk").Value, rules.Of("other").Value));
        Assert.True(Consequence.TryFrom(0.6, out var middle) && middle.Level == 3);
        Assert.False(Consequence.TryFrom(0.5, out _));
    }

    [Fact]
    public void Neighbours_OfSeveralRelations_TakeTheLargestCouplingOfEach()
    {
        var parameters = RiskSamples.Standard with
        {
            MaxNeighbours = 2,
            Couplings = new CouplingTable([.. RiskSamples.Both(0, RiskDomain.Safety, 0.4, 0.5), .. RiskSamples.Both(1, RiskDomain.Safety, 0.3, 0.1), new Coupling(2, RelationDirection.FromOwner, RiskDomain.Credit, 0.2)]),
        };
        var (a, b, c) = (RiskSamples.Element("a"), RiskSamples.Element("b"), RiskSamples.Element("c"));

        var near = new Neighbourhood(parameters, [new Link(c, 2, true), new Link(b, 1, true), new Link(a, 1, true), new Link(a, 0, false), new Link(c, 9, true)]).Neighbours;

        Assert.Equal([a, b], near.Select(neighbour => neighbour.Id));
        Assert.Equal((0.5, 0.4), (near[0].ShareTo(RiskDomain.Safety), near[0].ShareFrom(RiskDomain.Safety)));
        Assert.Equal((0.3, 0.1), (near[1].ShareTo(RiskDomain.Safety), near[1].ShareFrom(RiskDomain.Safety)));
        Assert.Equal(0, near[1].ShareTo(RiskDomain.Health));
    }
}
