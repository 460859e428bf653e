using System.Collections.Immutable;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Domain.Tests.Risk;

/// <summary>Random graphs with cycles and random histories.</summary>
internal static class RandomNetworks
{
    private const int Kinds = 6;

    /// <summary>A package with random couplings of six relation kinds in two domains.</summary>
    /// <remarks>Multiples of 1/16 multiply without rounding over five hops, so products that are equal on paper are equal here, and ties are many.</remarks>
    public static RiskParameters Parameters(Random chance)
    {
        double[] shares = [0, 4 / 16.0, 5 / 16.0, 6 / 16.0, 8 / 16.0, 9 / 16.0];
        var couplings = ImmutableArray.CreateBuilder<Coupling>();
        for (ushort kind = 0; kind < Kinds; kind++)
        {
            couplings.AddRange(RiskSamples.Both(kind, RiskDomain.Safety, shares[chance.Next(6)], shares[chance.Next(6)]));
            couplings.AddRange(RiskSamples.Both(kind, RiskDomain.Credit, shares[chance.Next(6)], shares[chance.Next(6)]));
        }

        return RiskSamples.Standard with { Couplings = new CouplingTable(couplings.DrainToImmutable()), SendDelta = chance.Next(2) * 0.005 };
    }

    /// <summary>Adds elements and plays a random history of relations, evidence and deliveries; messages may still wait at its end.</summary>
    /// <returns>The time of its last event.</returns>
    public static long Play(RiskNetwork network, Random chance)
    {
        var elements = Enumerable.Range(0, chance.Next(3, 9)).Select(RiskSamples.Element).ToImmutableArray();
        foreach (var id in elements)
        {
            network.Add(id);
        }

        var time = 0L;
        for (var step = chance.Next(30, 90); step > 0; step--)
        {
            time += chance.NextInt64(chance.Next(10) == 0 ? 300 * RiskSamples.Hour : RiskSamples.Hour);
            var (one, other) = (elements[chance.Next(elements.Length)], elements[chance.Next(elements.Length)]);
            var kind = (ushort)chance.Next(Kinds);
            switch (chance.Next(10))
            {
                case < 3 when one != other && !network.IsRelated(one, kind, other):
                    network.Relate(one, kind, other, time);
                    break;
                case < 5 when network.IsRelated(one, kind, other):
                    network.Unrelate(one, kind, other, time);
                    break;
                case < 7:
                    network.Act(one, time, Action(chance, time));
                    break;
                default:
                    for (var deliveries = chance.Next(8); deliveries > 0 && !network.IsSettled; deliveries--)
                    {
                        network.DeliverOne(chance);
                    }

                    break;
            }
        }

        return time;
    }

    /// <summary>Evidence, a clearing or a withdrawal, sometimes late.</summary>
    public static RiskAction Action(Random chance, long time)
    {
        var late = time - chance.NextInt64(chance.Next(4) == 0 ? 50 * RiskSamples.Hour : 1);
        return chance.Next(8) switch
        {
            0 => RiskAction.Clear(RiskSamples.GasAlarm, late),
            1 => RiskAction.WithdrawPiece(RiskSamples.FireExitBlocked, 10, late),
            2 or 3 => RiskAction.Evidence(RiskSamples.GasAlarm, chance.NextDouble(), late),
            4 or 5 => RiskAction.Evidence(RiskSamples.AdminPenalty, chance.NextDouble(), late),
            _ => RiskAction.Evidence(RiskSamples.FireExitBlocked, chance.NextDouble(), late),
        };
    }

    /// <summary>A network whose random history is over and whose traffic has ended.</summary>
    /// <returns>The network and the time of its last event.</returns>
    public static (RiskNetwork Network, long Time) Settled(int seed, Func<RiskParameters, RiskParameters>? change = null)
    {
        var chance = new Random(seed);
        var parameters = Parameters(chance);
        var network = new RiskNetwork(change is null ? parameters : change(parameters));
        var time = Play(network, chance);
        network.Settle(chance);
        network.Tick(time);
        network.Settle(chance);
        return (network, time);
    }
}
