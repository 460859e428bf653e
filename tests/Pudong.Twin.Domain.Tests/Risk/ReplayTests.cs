using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Pudong.Twin.Domain.Risk;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Risk;

/// <summary>RISK-MODEL.md, section 11, item 13, as far as it concerns risk alone: one log gives one state, bit for bit.</summary>
public sealed class ReplayTests
{
    private static readonly Serializer Serializer = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    [Fact]
    public void Apply_OneLogTwice_GivesOneState() =>
        Gen.Int.Sample(seed =>
        {
            var (live, _) = RandomNetworks.Settled(seed);
            var (replayed, _) = RandomNetworks.Settled(seed);

            return live.Sent == replayed.Sent && live.Elements.All(id => live.State(id).Equals(replayed.State(id)));
        }, iter: 100, threads: 2);

    [Fact]
    public void Apply_AfterAForkThroughStorage_GoesOnLikeTheLiveOne() =>
        Gen.Int.Sample(seed =>
        {
            var (live, time) = RandomNetworks.Settled(seed);
            var (forked, _) = RandomNetworks.Settled(seed);
            foreach (var id in forked.Elements)
            {
                forked.Replace(id, state => Serializer.Deserialize<RiskState>(Serializer.SerializeToArray(state))!);
                Assert.Equal(live.State(id), forked.State(id));
            }

            foreach (var network in new[] { live, forked })
            {
                var chance = new Random(seed);
                network.Act(RiskSamples.Element(0), time, RandomNetworks.Action(chance, time));
                network.Act(RiskSamples.Element(1), time, RiskAction.Evidence(RiskSamples.GasAlarm, 2, time));
                network.Settle(chance);
            }

            return live.Sent == forked.Sent && live.Elements.All(id => live.State(id).Equals(forked.State(id)));
        }, iter: 50, threads: 2);

    [Fact]
    public void Serialize_TheMessages_BringsThemBack()
    {
        var label = new Influence(RiskSamples.Element(1), RiskDomain.Credit, 0.25, [RiskSamples.Element(1), RiskSamples.Element(2)], 7, [new Load(3, 1.5, 42, 2, 40, true)]);
        var changed = new InfluenceChanged(true, [label], [new InfluenceWithdrawal(RiskSamples.Element(3), RiskDomain.Safety, 9, true)]);
        var wanted = new InfluenceWanted(false, [label.Key]);

        Assert.Equal(changed, Serializer.Deserialize<InfluenceChanged>(Serializer.SerializeToArray(changed)));
        Assert.Equal(label.Loads, Serializer.Deserialize<InfluenceChanged>(Serializer.SerializeToArray(changed))!.Offers[0].Loads);
        Assert.Equal(wanted, Serializer.Deserialize<InfluenceWanted>(Serializer.SerializeToArray(wanted)));
    }
}
