using CsCheck;
using Pudong.Twin.Domain.Risk;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Risk;

/// <summary>RISK-MODEL.md, sections 10 and 11, item 12: every bound is at least the exact value, and scans answer like section 6.</summary>
public sealed class ScanTests
{
    private static readonly long[] Later = [0, 1, RiskSamples.Hour, 50 * RiskSamples.Hour, 2_000 * RiskSamples.Hour, 40_000 * RiskSamples.Hour];

    [Fact]
    public void LargestLoad_AnyElement_IsAtLeastTheLoadAtEveryLaterTime() => OfEveryElement((network, id, time) =>
    {
        foreach (var partitionClock in new[] { time, time - (60 * RiskSamples.Hour) })
        {
            var largest = ScanBounds.LargestLoad(network.Parameters, network.Base(id), network.State(id), time, partitionClock);
            Assert.All(Later, later => Assert.True(largest >= RiskScore.LoadAt(network.Parameters, network.Base(id), network.State(id), Math.Min(time, partitionClock) + later)));
        }
    });

    [Fact]
    public void LoadAfter_AnyElement_IsAtLeastTheLoad() => OfEveryElement((network, id, time) =>
    {
        var (parameters, state, baseLoad) = (network.Parameters, network.State(id), network.Base(id));
        var now = RiskScore.LoadAt(parameters, baseLoad, state, time);
        var uncapped = ScanBounds.Uncapped(parameters, state, time);
        Assert.All(Later, later => Assert.True(
            ScanBounds.LoadAfter(baseLoad, now, uncapped, later, parameters.LongestHalfLifeHours) >= RiskScore.LoadAt(parameters, baseLoad, state, time + later)));
    });

    [Fact]
    public void LoadAt_PreScaled_IsNearTheExactLoad() => OfEveryElement((network, id, time) =>
    {
        foreach (var origin in new[] { 0, time, time + (500 * RiskSamples.Hour) })
        {
            if (ScaledLoads.Of(network.Parameters, network.State(id), origin) is not { } scaled)
            {
                continue;
            }

            foreach (var later in Later)
            {
                var at = Math.Max(scaled.LatestAnchor, time + later);
                var near = scaled.LoadAt(network.Base(id), new ScanFactors(network.Parameters, origin, at));
                Assert.Equal(RiskScore.LoadAt(network.Parameters, network.Base(id), network.State(id), at), near, ScanBounds.Tolerance / 10);
            }
        }
    });

    [Fact]
    public void IsAbove_AnyBorder_AnswersLikeTheExactLoadOrLeavesItToIt() => OfEveryElement((network, id, time) =>
    {
        var exact = RiskScore.LoadAt(network.Parameters, network.Base(id), network.State(id), time);
        var near = ScaledLoads.Of(network.Parameters, network.State(id), time)?.LoadAt(network.Base(id), new ScanFactors(network.Parameters, time, time)) ?? exact;
        Assert.All([exact, exact - 1e-10, exact + 1e-8, exact - 1e-8, 0.1, 1], border => Assert.True((ScanBounds.IsAbove(near, border) ?? exact > border) == exact > border));
    });

    [Fact]
    public void Of_AnOriginTooFarAway_MustBeMoved()
    {
        var state = RiskModel.Apply(RiskSamples.Alone(RiskSamples.Standard, 0), RiskState.Quiet, [RiskAction.Evidence(RiskSamples.GasAlarm, 1, 0)]).State;

        Assert.NotNull(ScaledLoads.Of(RiskSamples.Standard, state, 499 * 24 * RiskSamples.Hour));
        Assert.Null(ScaledLoads.Of(RiskSamples.Standard, state, 500 * 24 * RiskSamples.Hour));
    }

    [Fact]
    public void RoundUp_AnyNumber_IsTheNextFloatThatIsNotLess() =>
        Gen.Double[0, 100].Sample(value => ScanBounds.RoundUp(value) >= value && MathF.BitDecrement(ScanBounds.RoundUp(value)) < value);

    [Fact]
    public void LoadOfScore_AnyScore_ComparesLikeTheScore() =>
        Gen.Select(Gen.Double[0, 99.9], Gen.Double[0, 6]).Sample((score, load) =>
            Math.Abs(RiskScore.LoadOfScore(score) - load) <= ScanBounds.Tolerance || (load > RiskScore.LoadOfScore(score)) == (100 * RiskScore.RiskOf(load) > score));

    [Fact]
    public void LoadOfScore_AHundred_IsBeyondEveryLoad() => Assert.Equal(double.PositiveInfinity, RiskScore.LoadOfScore(100));

    private static void OfEveryElement(Action<RiskNetwork, Domain.Elements.ElementId, long> check) =>
        Gen.Int.Sample(seed =>
        {
            var (network, time) = RandomNetworks.Settled(seed);
            foreach (var id in network.Elements)
            {
                check(network, id, time);
            }
        }, iter: 60, threads: 2);
}
