using System.Collections.Immutable;
using CsCheck;
using Pudong.Twin.Domain.Risk;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Risk;

/// <summary>RISK-MODEL.md, section 11, item 2: more evidence and more relations never lower a risk, endings never raise one.</summary>
public sealed class MonotoneTests
{
    private const double Tolerance = 1e-9;
    private const ushort Relation = 0;
    private const long End = 100 * RiskSamples.Hour;
    private const string Case = "case-1";

    [Fact]
    public void RiskAt_MoreEvidence_IsNotLess() => Compare((world, chance) => world with { Evidence = world.Evidence.Add(AnyEvidence(world, chance)) });

    [Fact]
    public void RiskAt_StrongerEvidence_IsNotLess() => Compare((world, chance) =>
    {
        var place = chance.Next(world.Evidence.Length);
        var (element, type, amount, time) = world.Evidence[place];
        return world with { Evidence = world.Evidence.SetItem(place, (element, type, amount * (1 + chance.NextDouble()), time)) };
    });

    [Fact]
    public void RiskAt_AStrongerCoupling_IsNotLess() => Compare((world, chance) => world with { Shares = (Math.Min(0.6, world.Shares.Out * 1.3), Math.Min(0.6, world.Shares.Back * 1.2)) });

    [Fact]
    public void RiskAt_OneMoreRelation_IsNotLess() => Compare((world, chance) => world with { Relations = world.Relations.Add(AnyRelation(world, chance)) });

    [Fact]
    public void RiskAt_AHigherThreshold_IsNotMore() => Compare((world, chance) => world with { Threshold = world.Threshold * (1 + chance.NextDouble()) }, notMore: true);

    [Fact]
    public void RiskAt_AClearing_IsNotMore() =>
        Compare((world, chance) => world with { Endings = [(chance.Next(world.Elements), RiskAction.Clear(RiskSamples.GasAlarm, End))] }, notMore: true);

    [Fact]
    public void RiskAt_AVerifiedClosing_IsNotMore() => Compare((world, chance) => world with { Endings = [(chance.Next(world.Elements), RiskAction.CloseVerified(Case, End))] }, notMore: true);

    [Fact]
    public void RiskAt_AWithdrawal_IsNotMore() => Compare((world, chance) => world with { Endings = [(chance.Next(world.Elements), RiskAction.WithdrawCase(Case, End))] }, notMore: true);

    // Plays two worlds that differ in one thing and compares the risks of all elements at the end and later.
    private static void Compare(Func<World, Random, World> change, bool notMore = false) =>
        Gen.Int.Sample(seed =>
        {
            var chance = new Random(seed);
            var world = AnyWorld(chance);
            var changed = change(world, chance);
            var (before, after) = (Risks(world, chance), Risks(changed, chance));
            for (var i = 0; i < before.Length; i++)
            {
                var rise = after[i] - before[i];
                if (notMore ? rise > Tolerance : rise < -Tolerance)
                {
                    throw new InvalidOperationException($"Seed {seed}, read {i}: {before[i]} became {after[i]}.");
                }
            }
        }, iter: 150, threads: 2);

    private static double[] Risks(World world, Random chance)
    {
        var network = new RiskNetwork(RiskSamples.Standard with
        {
            SendDelta = 0,
            Threshold = world.Threshold,
            Couplings = new CouplingTable(RiskSamples.Both(Relation, RiskDomain.Safety, world.Shares.Out, world.Shares.Back)),
        });
        for (var i = 0; i < world.Elements; i++)
        {
            network.Add(RiskSamples.Element(i));
        }

        foreach (var (owner, target) in world.Relations)
        {
            network.Relate(RiskSamples.Element(owner), Relation, RiskSamples.Element(target), 0);
        }

        foreach (var (element, type, amount, time) in world.Evidence)
        {
            network.Act(RiskSamples.Element(element), time, RiskAction.Evidence(type, amount, time, type == RiskSamples.FireExitBlocked ? Case : null));
        }

        network.Settle(chance);
        network.Tick(End);
        foreach (var (element, action) in world.Endings)
        {
            network.Act(RiskSamples.Element(element), End, action);
        }

        network.Settle(chance);
        return [.. network.Elements.SelectMany(id => new[] { network.Risk(id, End), network.Risk(id, End + (90 * RiskSamples.Hour)) })];
    }

    private static World AnyWorld(Random chance)
    {
        var world = new World(chance.Next(2, 8), 0.05, (0.1 + (0.5 * chance.NextDouble()), 0.1 + (0.5 * chance.NextDouble())), [], [], []);
        for (var i = chance.Next(12); i > 0; i--)
        {
            world = world with { Relations = world.Relations.Add(AnyRelation(world, chance)) };
        }

        for (var i = chance.Next(1, 10); i > 0; i--)
        {
            world = world with { Evidence = world.Evidence.Add(AnyEvidence(world, chance)) };
        }

        return world;
    }

    private static (int Owner, int Target) AnyRelation(World world, Random chance)
    {
        var owner = chance.Next(world.Elements);
        return (owner, (owner + chance.Next(1, world.Elements)) % world.Elements);
    }

    private static (int Element, ushort Type, double Amount, long Time) AnyEvidence(World world, Random chance) =>
        (chance.Next(world.Elements), chance.Next(2) == 0 ? RiskSamples.GasAlarm : RiskSamples.FireExitBlocked, chance.NextDouble(), chance.NextInt64(End));

    private sealed record World(
        int Elements,
        double Threshold,
        (double Out, double Back) Shares,
        ImmutableArray<(int Owner, int Target)> Relations,
        ImmutableArray<(int Element, ushort Type, double Amount, long Time)> Evidence,
        ImmutableArray<(int Element, RiskAction Action)> Endings);
}
