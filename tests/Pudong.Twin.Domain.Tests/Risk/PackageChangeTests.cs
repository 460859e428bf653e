using System.Collections.Immutable;
using CsCheck;
using Pudong.Twin.Domain.Risk;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Risk;

/// <summary>RISK-MODEL.md, sections 3 and 5: a package change reaches elements one after the other, with messages under way.</summary>
public sealed class PackageChangeTests
{
    [Fact]
    public void ChangePackage_InAnyInterleaving_EndsInTheBestPathsOfTheNewPackage() =>
        Gen.Int.Sample(seed => Agrees(seed, p => p, BestPaths.ByBruteForce), iter: 400, threads: 2);

    [Fact]
    public void ChangePackage_ToFewPlaces_EndsInTheGreedyChoice() =>
        Gen.Int.Sample(seed => Agrees(seed, p => p with { MaxInfluences = 2 }, BestPaths.ByRank), iter: 200, threads: 2);

    [Fact]
    public void ChangePackage_FromFewPlacesToMany_AsksForWhatWasRefused() =>
        Gen.Int.Sample(seed => Agrees(seed, p => p, BestPaths.ByBruteForce, places: 1), iter: 200, threads: 2);

    [Fact]
    public void ChangePackage_AnotherHalfLife_LeavesTheLoadAtActivationAlone()
    {
        var (before, after) = (RiskSamples.Standard, Slower(RiskSamples.Standard));
        var activation = 100 * RiskSamples.Hour;
        var state = RiskModel.Apply(RiskSamples.Alone(before, 0), RiskState.Quiet, [RiskAction.Evidence(RiskSamples.FireExitBlocked, 1, 0, "case-1")]).State;

        var next = RiskModel.ChangePackage(RiskSamples.Alone(after, activation), state, before, Neighbourhood.None, activation).State;

        Assert.Equal(RiskScore.LoadAt(before, 0.02, state, activation), RiskScore.LoadAt(after, 0.02, next, activation), 1e-9);
        Assert.Equal(next.Loads[0].Amount, next.KeptShares[0].Amount);
        Assert.Equal(state.Published[0].Version + 1, next.Published[0].Version);
    }

    [Fact]
    public void ChangePackage_ARemovedType_EndsItsEvidence()
    {
        var after = RiskSamples.Standard with { Types = RiskSamples.Types.RemoveAll(type => type.Index == RiskSamples.GasAlarm) };
        var state = RiskModel.Apply(RiskSamples.Alone(RiskSamples.Standard, 0), RiskState.Quiet, [RiskAction.Evidence(RiskSamples.GasAlarm, 1, 0)]).State;

        var next = RiskModel.ChangePackage(RiskSamples.Alone(after, 0), state, RiskSamples.Standard, Neighbourhood.None, 0).State;

        Assert.True(next.IsQuiet);
        Assert.Equal(2u, Assert.Single(next.Published).Version);
    }

    [Fact]
    public void ChangePackage_ToTheSame_ChangesNothing()
    {
        var context = RiskSamples.Alone(RiskSamples.Standard, 0);
        var state = RiskModel.Apply(context, RiskState.Quiet, [RiskAction.Evidence(RiskSamples.GasAlarm, 1, 0)]).State;

        Assert.Same(state, RiskModel.ChangePackage(context, state, RiskSamples.Standard, Neighbourhood.None, 0).State);
    }

    private static bool Agrees(
        int seed,
        Func<RiskParameters, RiskParameters> change,
        Func<RiskNetwork, SortedDictionary<Domain.Elements.ElementId, SortedDictionary<LabelKey, Influence>>> search,
        int places = 64)
    {
        var chance = new Random(seed);
        var network = new RiskNetwork(RandomNetworks.Parameters(chance) with { MaxInfluences = places });
        var activation = RandomNetworks.Play(network, chance);
        var next = change(AnyNext(chance));
        foreach (var id in network.Elements.OrderBy(_ => chance.Next()).ToArray())
        {
            network.ChangePackage(id, next, activation);
            for (var deliveries = chance.Next(10); deliveries > 0 && !network.IsSettled; deliveries--)
            {
                network.DeliverOne(chance);
            }
        }

        network.Settle(chance);
        network.Tick(activation);
        network.Settle(chance);

        var difference = BestPaths.Difference(network, search(network));
        return difference is null ? true : throw new InvalidOperationException($"Seed {seed}: {difference}");
    }

    // Other couplings, and in turn a slower type, a removed type, a higher threshold.
    private static RiskParameters AnyNext(Random chance)
    {
        var next = RandomNetworks.Parameters(chance);
        next = chance.Next(2) == 0 ? Slower(next) : next;
        next = chance.Next(3) == 0 ? next with { Types = next.Types.RemoveAll(type => type.Index == RiskSamples.AdminPenalty) } : next;
        return chance.Next(3) == 0 ? next with { Threshold = 0.1 } : next;
    }

    private static RiskParameters Slower(RiskParameters parameters) => parameters with
    {
        Types = [.. parameters.Types.Select(type => type.Index == RiskSamples.FireExitBlocked ? type with { HalfLifeHours = 2 * type.HalfLifeHours } : type).ToImmutableArray()],
    };
}
