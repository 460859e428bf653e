using CsCheck;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Risk;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Risk;

/// <summary>RISK-MODEL.md, sections 5 and 11, items 7 and 8: no echo, no message without cause, and few messages with one.</summary>
public sealed class TrafficTests
{
    private const ushort InBuilding = 0;
    private const ushort Adjoins = 1;
    private const int Shops = 40;

    private static readonly ElementId Building = ElementId.Of("building", "b");

    private static readonly RiskParameters Parameters = RiskSamples.Standard with
    {
        Couplings = new CouplingTable([.. RiskSamples.Both(InBuilding, RiskDomain.Safety, 0.4, 0.5), .. RiskSamples.Both(Adjoins, RiskDomain.Safety, 0.3, 0.3)]),
    };

    [Fact]
    public void Apply_OnePieceAmongFortyAdjoiningShops_CostsAHundredAndTwentyMessages()
    {
        var network = ShopsInOneBuilding();
        network.Evidence(RiskSamples.Element(20), RiskSamples.GasAlarm, 0.7, 0);
        network.SettleInOrder();

        // The source tells 3, the building 39 shops, the two beside the source 2 each, every other shop its two neighbours.
        Assert.Equal(3 + 39 + 4 + (37 * 2), network.Sent);
        Assert.Equal(Shops, network.Reached.Count(id => id != RiskSamples.Element(20)));
    }

    [Fact]
    public void Apply_OnePieceAmongFortyAdjoiningShops_StaysBoundedInAnyInterleaving()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var network = ShopsInOneBuilding();
            network.Evidence(RiskSamples.Element(20), RiskSamples.GasAlarm, 0.7, 0);
            network.Settle(new Random(seed));

            // The building may hear the way over each neighbour of the source before the direct one, and tells all shops each time.
            Assert.InRange(network.Sent, 120, 120 + (2 * 39));
        }
    }

    [Fact]
    public void Apply_APieceThatChangesNothingWorthTelling_SendsNothing()
    {
        var network = ShopsInOneBuilding();
        network.Evidence(RiskSamples.Element(20), RiskSamples.GasAlarm, 0.7, 0);
        network.Settle(new Random(1));
        var sent = network.Sent;

        network.Evidence(RiskSamples.Element(20), RiskSamples.FireExitBlocked, 0.0049, 0);
        network.Evidence(RiskSamples.Element(20), RiskSamples.GasAlarm, 0.6, 0);
        network.Tick(10_000 * RiskSamples.Hour / 24);

        Assert.Equal(sent, network.Sent);
    }

    [Fact]
    public void Tick_WhenAllHasFaded_SilencesTheNetworkQuietly()
    {
        var network = ShopsInOneBuilding();
        network.Evidence(RiskSamples.Element(20), RiskSamples.GasAlarm, 0.7, 0);
        network.Settle(new Random(1));
        var sent = network.Sent;

        network.Tick(2_000 * RiskSamples.Hour);
        network.Settle(new Random(2));

        Assert.All(network.Elements, id => Assert.Empty(network.State(id).Labels));
        // Every offer is withdrawn once, and nobody is asked for another way.
        Assert.InRange(network.Sent - sent, 1, 130);
    }

    [Fact]
    public void RiskAt_ALoneSourceOnACycle_HearsNothingOfItself() =>
        Gen.Int.Sample(seed =>
        {
            var chance = new Random(seed);
            var network = ShopsInOneBuilding();
            var source = RiskSamples.Element(chance.Next(Shops));
            network.Evidence(source, RiskSamples.GasAlarm, chance.NextDouble(), 0);
            network.Settle(chance);

            return network.State(source).Labels.IsEmpty && network.State(Building).Labels.Length == 1;
        }, iter: 10);

    [Fact]
    public void Retire_AnElementInTheMiddle_EndsItsInfluenceAndWhatRanOverIt() =>
        Gen.Int.Sample(seed =>
        {
            var chance = new Random(seed);
            var network = new RiskNetwork(RandomNetworks.Parameters(chance));
            var time = RandomNetworks.Play(network, chance);
            network.Settle(chance);
            network.Retire(RiskSamples.Element(1), time);
            network.Settle(chance);
            network.Tick(time);
            network.Settle(chance);

            Assert.Empty(network.State(RiskSamples.Element(1)).Labels);
            Assert.All(network.Elements, id => Assert.DoesNotContain(network.State(id).Labels, label => label.Source == RiskSamples.Element(1) || label.Path.Contains(RiskSamples.Element(1))));
            Assert.Null(BestPaths.Difference(network, BestPaths.ByBruteForce(network)));
        }, iter: 100, threads: 2);

    private static RiskNetwork ShopsInOneBuilding()
    {
        var network = new RiskNetwork(Parameters);
        network.Add(Building);
        for (var i = 0; i < Shops; i++)
        {
            network.Add(RiskSamples.Element(i));
        }

        for (var i = 0; i < Shops; i++)
        {
            network.Relate(RiskSamples.Element(i), InBuilding, Building, 0);
            network.Relate(RiskSamples.Element(i), Adjoins, RiskSamples.Element((i + 1) % Shops), 0);
        }

        network.Settle(new Random(0));
        return network;
    }
}
