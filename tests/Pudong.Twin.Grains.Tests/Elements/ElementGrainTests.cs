using Pudong.Twin.Contracts.Elements;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Risk;
using Pudong.Twin.Domain.Tests.Elements;
using Pudong.Twin.Domain.Tests.Packages;
using Pudong.Twin.Grains.Tests.Partitions;
using Xunit;

namespace Pudong.Twin.Grains.Tests.Elements;

/// <summary>A silo whose elements are asked.</summary>
public sealed class ElementCluster() : TwinCluster(partitions: 8);

public sealed class ElementGrainTests(ElementCluster city) : IClassFixture<ElementCluster>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_OfAnElementThatWasNeverRegistered_GivesNothingUntilItIs()
    {
        var shop = city.NewElement("shop", city.Take());
        Assert.Null(await city.Element(shop).Read(cancellationToken: Cancellation));

        await city.Send(Sample.Registered(shop));

        Assert.Equal(shop, (await city.Element(shop).Read(cancellationToken: Cancellation))!.State.Id);
    }

    [Fact]
    public async Task Explain_OfAScore_GivesPointsThatAddUpToIt()
    {
        var shop = city.NewElement("shop", city.Take());
        await city.Send(
            Sample.Registered(shop),
            Sample.Evidence(shop, SmallPackage.GasAlarm, 0.6, 0.9, 1),
            Sample.Evidence(shop, SmallPackage.CitizenComplaint, 0.1, 1, 1));

        var explained = (await city.Element(shop).Explain(Sample.At(1), ["gas_alarm"], Cancellation))!;

        Assert.Equal(explained.Score, explained.Terms.Sum(term => term.Points), 9);
        Assert.Equal("gas_alarm", explained.Terms[0].Evidence[0].Type);
        Assert.Equal(explained.Terms[0].ScoreWithout, explained.ScoreWithout!.Value, 9);
        Assert.Equal((ExplanationTermKind.Own, "safety"), (explained.Terms[0].Kind, explained.Terms[0].Domain));
        Assert.Equal(2, explained.Changes.Length);
    }

    [Fact]
    public async Task History_OfChanges_IsNewestFirst()
    {
        var shop = city.NewElement("shop", city.Take());
        await city.Send(Sample.Registered(shop), Sample.Evidence(shop, SmallPackage.GasAlarm, 0.6, 0.9, 1), HealingTests.Named(shop, "renamed"));

        var history = await city.Element(shop).History(1, Cancellation);

        Assert.Equal("attributes-observed", Assert.Single(history).Type);
    }

    [Fact]
    public async Task Readings_OfASensor_ShowWindowAndState()
    {
        var sensor = city.NewElement("sensor", city.Take());
        await city.Send(Sample.Registered(sensor), Sample.Reading(sensor, 1, 30, 1));

        var readings = await city.Grains.GetGrain<ISensorGrain>(sensor.Key.ToString()).Readings(Cancellation);

        Assert.Equal(["gas", "pm25"], readings.Select(reading => reading.Reading));
        Assert.Equal((null, 30.0, "normal"), (readings[0].Last, readings[1].Last, readings[1].State));
    }

    [Fact]
    public async Task Occupancy_OfABuilding_NamesPremises()
    {
        var building = city.NewElement("building", city.Take());
        var shop = city.NewElement("shop", city.Take());
        await city.Send(Sample.Registered(building), Sample.Registered(shop), Sample.Related(shop, SmallPackage.LocatedIn, building, 1));
        await city.Settle();

        Assert.Equal([shop], (await city.Grains.GetGrain<IBuildingGrain>(building.Key.ToString()).Occupancy(Cancellation))!.Premises);
    }

    [Fact]
    public async Task OwnKind_WithBehaviourOfItsOwn_IsToldOfEveryEvent()
    {
        var hydrant = city.NewElement("hydrant", city.Take());

        await city.Send(Sample.Registered(hydrant), HealingTests.Named(hydrant, "first"));
        await city.Send(HealingTests.Named(hydrant, "second"));

        Assert.Equal(3, await city.Grains.GetGrain<IHydrantGrain>(hydrant.Key.ToString()).Told());
        Assert.Equal(GrainId.Create("hydrant", hydrant.Key.ToString()), ElementGrainIds.Of(hydrant));
    }

    [Fact]
    public async Task Read_AfterThePartitionRecovered_AsksAnew()
    {
        var partition = city.Take();
        var shop = city.NewElement("shop", partition);
        await city.Send(Sample.Registered(shop), HealingTests.Named(shop, "first"));
        Assert.Equal("first", (await city.Element(shop).Read(cancellationToken: Cancellation))!.State.Name);

        await city.Deactivate(partition, withSnapshot: true);
        await city.Append(partition, HealingTests.Named(shop, "folded by the recovery"));
        await city.Partition(partition).WaitFor(new(4), Cancellation);

        Assert.Equal("folded by the recovery", (await city.Element(shop).Read(cancellationToken: Cancellation))!.State.Name);
    }

    [Fact]
    public void ElementOf_TheGrainOfAnyElement_IsTheElement()
    {
        foreach (var text in (string[])["sensor:smoke-1", "hydrant:h-17", "pump:p~1", "village:310115001001"])
        {
            Assert.Equal(ElementId.Parse(text), ElementGrainIds.ElementOf(ElementGrainIds.Of(ElementId.Parse(text))));
        }
    }
}
