using CsCheck;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Risk;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Risk;

/// <summary>RISK-MODEL.md, section 11, items 5 to 7: when traffic has ended, labels are what a search over the whole graph finds.</summary>
public sealed class InfluenceTests
{
    [Fact]
    public void Receive_InAnyInterleaving_EndsInTheBestPaths() =>
        Gen.Int.Sample(seed => Agrees(seed, p => p, BestPaths.ByBruteForce), iter: 1_000, threads: 2);

    [Fact]
    public void Receive_WithEveryMessageTwice_EndsInTheBestPaths() =>
        Gen.Int.Sample(seed => Agrees(seed, p => p, BestPaths.ByBruteForce, twice: true), iter: 300, threads: 2);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Receive_WithFewPlaces_EndsInTheGreedyChoiceByRank(int places) =>
        Gen.Int.Sample(seed => Agrees(seed, p => p with { MaxInfluences = places }, BestPaths.ByRank), iter: 200, threads: 2);

    [Fact]
    public void Receive_WithExaggeratedFading_EndsInTheBestPathsThatHaveNotFaded() =>
        Gen.Int.Sample(seed => Agrees(seed, p => p with { DropBelow = 0.05 }, BestPaths.ByBruteForce), iter: 300, threads: 2);

    [Fact]
    public void Receive_WithFewNeighbours_EndsInTheBestPathsAmongThem() =>
        Gen.Int.Sample(seed => Agrees(seed, p => p with { MaxNeighbours = 3 }, BestPaths.ByBruteForce), iter: 200, threads: 2);

    private static bool Agrees(
        int seed,
        Func<RiskParameters, RiskParameters> change,
        Func<RiskNetwork, SortedDictionary<ElementId, SortedDictionary<LabelKey, Influence>>> search,
        bool twice = false)
    {
        var chance = new Random(seed);
        var network = new RiskNetwork(change(RandomNetworks.Parameters(chance))) { DeliversTwice = twice };
        var time = RandomNetworks.Play(network, chance);
        network.Settle(chance);
        network.Tick(time);
        network.Settle(chance);

        Assert.All(network.Elements, id => Assert.All(
            network.State(id).Labels,
            label => Assert.True(label.Source != id && !label.Path.Contains(id) && label.Path.Length <= network.Parameters.Hops && label.Path[0] == label.Source)));
        var difference = BestPaths.Difference(network, search(network));
        return difference is null ? true : throw new InvalidOperationException($"Seed {seed}: {difference}");
    }
}
