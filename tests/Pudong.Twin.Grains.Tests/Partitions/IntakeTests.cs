using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Tests.Elements;
using Pudong.Twin.Domain.Tests.Packages;
using Xunit;

namespace Pudong.Twin.Grains.Tests.Partitions;

/// <summary>One silo whose streams deliver the log.</summary>
public sealed class DeliveredCluster() : TwinCluster(partitions: 8);

public sealed class IntakeTests(DeliveredCluster city) : IClassFixture<DeliveredCluster>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_OfEventsAboutElements_ReachesThemAndTheTable()
    {
        var partition = city.Take();
        var sensor = city.NewElement("sensor", partition);

        await city.Send(Sample.Registered(sensor), Sample.Reading(sensor, 1, 3.5, 1), Sample.Reading(sensor, 1, 4.5, 2));

        var view = await city.Element(sensor).Read(cancellationToken: Cancellation);
        Assert.Equal(3, view!.State.Revision);
        Assert.Equal(4.5, view.State.ReadingAt(1)!.Value.Last);
        Assert.Equal(view.State.Position, (await city.Partition(partition).StateOf(sensor, Cancellation)).Position);
    }

    [Fact]
    public async Task Append_OfEventsWithEffects_ReachesOtherPartitions()
    {
        var building = city.NewElement("building", city.Take());
        var shop = city.NewElement("shop", city.Take());

        await city.Send(Sample.Registered(building), Sample.Registered(shop));
        await city.Send(Sample.Related(shop, SmallPackage.LocatedIn, building, 1), Sample.Evidence(shop, SmallPackage.GasAlarm, 0.6, 0.9, 2));
        await city.Settle();

        var view = await city.Element(building).Read(Sample.At(2), Cancellation);
        Assert.Single(view!.State.Relations);
        Assert.True(view.Score > 10, $"The building's score is {view.Score}.");
    }

    [Fact]
    public async Task Submit_WithAnExpectedRevision_AnswersAfterItTookEffect()
    {
        var shop = city.NewElement("shop", city.Take());
        await city.Send(Sample.Registered(shop));

        var taken = await city.Element(shop).Submit(Sample.Observed(shop, 1, (Sample.Area, Query.Evaluation.Value.Of(100.0))) with { ExpectedRevision = 1 }, Cancellation);
        var stale = await city.Element(shop).Submit(Sample.Observed(shop, 2, (Sample.Area, Query.Evaluation.Value.Of(200.0))) with { ExpectedRevision = 1 }, Cancellation);

        Assert.Equal((Outcome.Applied, 2L), (taken.Outcome, taken.Revision));
        Assert.Equal((Outcome.Refused, RefusalReason.StaleRevision), (stale.Outcome, stale.Refusal!.Reason));
        Assert.Equal(2, (await city.Element(shop).Read(cancellationToken: Cancellation))!.State.Revision);
    }
}
