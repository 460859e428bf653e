using CsCheck;
using Pudong.Twin.Domain.Risk;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Risk;

/// <summary>RISK-MODEL.md, sections 7 and 11, item 4: pressure equals the members' sum, and areas are rolled up.</summary>
public sealed class AreaTests
{
    [Fact]
    public void After_AnyHistoryOfMembers_EqualsTheirSum() =>
        Gen.Int.Sample(seed =>
        {
            var chance = new Random(seed);
            var members = new RiskState[5];
            Array.Fill(members, RiskState.Quiet);
            AreaPressure[] partitions = [AreaPressure.None, AreaPressure.None];
            var time = 0L;
            for (var step = 0; step < 60; step++)
            {
                time += chance.NextInt64(100 * RiskSamples.Hour);
                var member = chance.Next(members.Length);
                var next = RiskModel.Apply(RiskSamples.Alone(RiskSamples.Standard, time), members[member], [RandomNetworks.Action(chance, time)]).State;
                partitions[member % 2] = partitions[member % 2].After(RiskSamples.Standard, members[member].Loads, next.Loads);
                members[member] = next;
            }

            var area = partitions[0].Plus(RiskSamples.Standard, partitions[1]);
            return RiskSamples.Types.All(type => new[] { time, time + (200 * RiskSamples.Hour) }.All(at =>
                Math.Abs(members.SelectMany(member => member.Loads).Where(load => load.Type == type.Index).Sum(load => load.AmountAt(at, type.HalfLifeHours))
                    - area.At(RiskSamples.Standard, type.Index, at)) <= 1e-9));
        }, iter: 200, threads: 2);

    [Fact]
    public void ChangePackage_AnotherHalfLife_StillEqualsTheSum()
    {
        var state = RiskModel.Apply(RiskSamples.Alone(RiskSamples.Standard, 0), RiskState.Quiet, [RiskAction.Evidence(RiskSamples.FireExitBlocked, 1, 0), RiskAction.Evidence(RiskSamples.GasAlarm, 1, 0)]).State;
        var slower = RiskSamples.Standard with
        {
            Types = [RiskSamples.Type(RiskSamples.FireExitBlocked, "fire_exit_blocked", RiskDomain.Safety, 0.2, 336, EvidenceMode.Add, 1.5, 0.1)],
        };

        var area = AreaPressure.None.After(RiskSamples.Standard, [], state.Loads).ChangePackage(RiskSamples.Standard, slower, 168 * RiskSamples.Hour);

        Assert.Equal(0.25, area.At(slower, RiskSamples.FireExitBlocked, 504 * RiskSamples.Hour), 1e-9);
        Assert.Equal(RiskSamples.FireExitBlocked, Assert.Single(area.Types).Type);
    }

    [Fact]
    public void Of_Members_RollsThemUp()
    {
        var members = Enumerable.Range(1, 20).Select(i => new MemberRisk(i / 100.0, i == 20 ? 3 : 1, i > 15 ? RiskBand.C : RiskBand.A)).ToArray();

        var area = AreaRisk.Of(members);

        Assert.Equal(20, area.Members);
        Assert.Equal(2.5, area.ExpectedIncidents, 1e-9);
        Assert.Equal(0.25, area.HighShare);
        Assert.Equal(0.19, area.Percentile95);
    }

    [Fact]
    public void Of_NoMembers_IsZero() => Assert.Equal(default, AreaRisk.Of([]));
}
