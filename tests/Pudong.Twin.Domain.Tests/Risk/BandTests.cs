using CsCheck;
using Pudong.Twin.Domain.Risk;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Risk;

/// <summary>RISK-MODEL.md, section 11, item 11: bands have a margin and need not be watched.</summary>
public sealed class BandTests
{
    private static readonly BandBorders Borders = BandBorders.Standard;

    // Loads that fall through all bands within minutes, so that every second can be looked at.
    private static readonly RiskParameters Fast = RiskSamples.Standard with
    {
        Types = [RiskSamples.Type(0, "fast", RiskDomain.Safety, 0.9, 0.05, EvidenceMode.Add, 5, 0)],
    };

    [Theory]
    [InlineData(RiskBand.A, 0.2199, RiskBand.A)]
    [InlineData(RiskBand.A, 0.2201, RiskBand.B)]
    [InlineData(RiskBand.A, 0.99, RiskBand.D)]
    [InlineData(RiskBand.D, 0.6801, RiskBand.D)]
    [InlineData(RiskBand.D, 0.6799, RiskBand.C)]
    [InlineData(RiskBand.D, 0.01, RiskBand.A)]
    [InlineData(RiskBand.C, 0.45, RiskBand.C)]
    [InlineData(RiskBand.B, 0.1801, RiskBand.B)]
    public void Next_ARisk_ChangesOnlyBeyondTheMargin(RiskBand band, double risk, RiskBand expected) => Assert.Equal(expected, BandRule.Next(Borders, band, risk));

    [Theory]
    [InlineData(0.1999, RiskBand.A)]
    [InlineData(0.20, RiskBand.B)]
    [InlineData(0.45, RiskBand.C)]
    [InlineData(0.70, RiskBand.D)]
    public void Plain_ARisk_HasNoMargin(double risk, RiskBand expected) => Assert.Equal(expected, BandRule.Plain(Borders, risk));

    [Fact]
    public void Start_ANewElement_HasThePlainBandOfItsBase() => Assert.Same(RiskState.QuietIn(RiskBand.B), RiskModel.Start(RiskSamples.Standard, BaseLoad.Of(0.25).Amount));

    [Fact]
    public void BandAt_OneRead_EqualsReadingEverySecond() =>
        Gen.Double[0, 4].Sample(amount =>
        {
            var state = RiskModel.Apply(RiskSamples.Alone(Fast, 0), RiskState.Quiet, [RiskAction.Evidence(0, amount, 0)]).State;
            var watched = state.Band;
            for (var second = 0; second <= 1_500; second++)
            {
                watched = BandRule.Next(Borders, watched, RiskScore.RiskAt(Fast, 0.02, state, second * 1_000));
                if (watched != BandRule.BandAt(Fast, 0.02, state, second * 1_000))
                {
                    return false;
                }
            }

            return true;
        }, iter: 100);

    [Fact]
    public void After_AnyElement_NamesTheFirstSecondOfALowerBand() =>
        Gen.Select(Gen.Double[0, 5], Gen.Long[0, 5_000]).Sample((amount, clock) =>
        {
            var state = RiskModel.Apply(RiskSamples.Alone(Fast, clock), RiskState.Quiet, [RiskAction.Evidence(0, amount, clock)]).State;
            var change = NextBandChange.After(Fast, 0.02, state, clock);

            return state.Band == RiskBand.A
                ? change is null
                : change is { } time && time % 1_000 == 0 && time > clock
                    && BandRule.BandAt(Fast, 0.02, state, Math.Max(clock, time - 1_000)) == state.Band
                    && BandRule.BandAt(Fast, 0.02, state, time) < state.Band;
        });

    [Fact]
    public void After_ABaseThatHoldsTheBand_NamesNoTime()
    {
        var state = RiskState.QuietIn(RiskBand.B);

        Assert.Null(NextBandChange.After(Fast, BaseLoad.Of(0.19).Amount, state, 0));
    }

    [Fact]
    public void After_MoreThanTenYears_NamesNoTime()
    {
        var slow = RiskSamples.Standard with { Types = [RiskSamples.Type(0, "slow", RiskDomain.Safety, 0.9, 100_000, EvidenceMode.Add, 5, 0)] };
        var state = RiskModel.Apply(RiskSamples.Alone(slow, 0), RiskState.Quiet, [RiskAction.Evidence(0, 4, 0)]).State;

        Assert.Null(NextBandChange.After(slow, 0.02, state, 0));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.1999, 0)]
    [InlineData(0.6, 3)]
    [InlineData(0.99999, 4)]
    public void ClassOf_ARisk_IsOneOfFive(double risk, int expected) => Assert.Equal(expected, Likelihood.ClassOf(risk));

    [Fact]
    public void Priority_RiskAndConsequence_Multiply() => Assert.Equal(32, Likelihood.Priority(0.8, new Consequence(2)), 1e-9);
}
