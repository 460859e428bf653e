using System.Net;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Tests.Elements;
using Pudong.Twin.Grains.Placement;
using Pudong.Twin.Grains.Tests.Partitions;
using Xunit;

namespace Pudong.Twin.Grains.Tests.Placement;

public sealed class PlacementTests
{
    private const int Partitions = 16;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Chosen_OverThreeSilos_SpreadsPartitionsAndMovesOnlyThoseOfASiloThatGoes()
    {
        SiloAddress[] silos = [.. Enumerable.Range(1, 3).Select(port => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, port), 7))];

        var before = Enumerable.Range(0, 64).Select(partition => PartitionHomes.Chosen(partition, silos)).ToArray();
        var after = Enumerable.Range(0, 64).Select(partition => PartitionHomes.Chosen(partition, silos[..2])).ToArray();

        Assert.All(silos, silo => Assert.InRange(before.Count(silo.Equals), 10, 34));
        Assert.All(Enumerable.Range(0, 64), partition => Assert.True(before[partition].Equals(after[partition]) || before[partition].Equals(silos[2])));
    }

    [Fact]
    public async Task Elements_LiveBesideTheirPartition_AfterASiloJoinsAndAfterOneIsKilled()
    {
        await using var city = new TwinCluster(silos: 2, partitions: Partitions);
        await city.InitializeAsync();
        var hydrants = Enumerable.Range(0, Partitions).SelectMany(partition => city.NewElements("hydrant", partition, 4)).ToArray();
        await city.Send(hydrants.Select(id => Sample.Registered(id)));
        await AssertAllBeside(city, hydrants);

        var third = await city.Cluster.StartAdditionalSiloAsync();
        await city.Cluster.WaitForLivenessToStabilizeAsync();
        await Touch(city, hydrants, "joined");
        await UntilOn(city, third.SiloAddress);
        await AssertAllBeside(city, hydrants);

        await city.Cluster.KillSiloAsync(third, Cancellation);
        await city.Cluster.WaitForLivenessToStabilizeAsync(didKill: true);
        await Touch(city, hydrants, "killed");
        await AssertAllBeside(city, hydrants);
        await city.AssertEqualsFold();
    }

    private static async Task Touch(TwinCluster city, ElementId[] hydrants, string name)
    {
        foreach (var hydrant in hydrants)
        {
            await city.Append(hydrant.Partition(Partitions), HealingTests.Named(hydrant, name));
        }

        await UntilApplied(city);
    }

    // While silos go, calls may fail and partitions may open; the log is what counts.
    private static async Task UntilApplied(TwinCluster city)
    {
        for (var partition = 0; partition < Partitions; partition++)
        {
            var head = (await city.Log.Extent(partition, Cancellation)).Head;
            await Persistently(async () => await city.Partition(partition).WaitFor(head, Cancellation));
        }
    }

    private static async Task UntilOn(TwinCluster city, SiloAddress silo)
    {
        for (var attempt = 0; ; attempt++)
        {
            var homes = await Homes(city);
            if (homes.Contains(silo) && Enumerable.Range(0, Partitions).All(partition => PartitionHomes.Chosen(partition, Active(city)).Equals(homes[partition])))
            {
                return;
            }

            Assert.True(attempt < 100_000, "The partitions did not move to the silo that joined.");
        }
    }

    private static SiloAddress[] Active(TwinCluster city) => [.. city.Cluster.GetActiveSilos().Select(silo => silo.SiloAddress)];

    private static async Task<SiloAddress[]> Homes(TwinCluster city)
    {
        var homes = new SiloAddress[Partitions];
        for (var partition = 0; partition < Partitions; partition++)
        {
            await Persistently(async () => homes[partition] = await city.Partition(partition).Where());
        }

        return homes;
    }

    private static async Task AssertAllBeside(TwinCluster city, ElementId[] hydrants)
    {
        for (var round = 0; ; round++)
        {
            // The first batch tells an element that stayed behind where to go; it goes as soon as it is idle.
            await Touch(city, hydrants, $"round-{round}");
            var homes = await Homes(city);
            var strays = 0;
            foreach (var hydrant in hydrants)
            {
                SiloAddress? at = null;
                await Persistently(async () => at = await city.Grains.GetGrain<IHydrantGrain>(hydrant.Key.ToString()).Silo());
                strays += homes[hydrant.Partition(Partitions)].Equals(at) ? 0 : 1;
            }

            if (strays == 0)
            {
                return;
            }

            Assert.True(round < 20, $"{strays} of {hydrants.Length} elements do not live beside their partition.");
        }
    }

    private static async Task Persistently(Func<Task> call)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await call();
                return;
            }
            catch (Exception fault) when (attempt < 200 && fault is not OperationCanceledException { CancellationToken.IsCancellationRequested: true })
            {
                await Breathe();
            }
        }
    }

    private static Task Breathe() => Task.Run(static () => { }, Cancellation);
}
