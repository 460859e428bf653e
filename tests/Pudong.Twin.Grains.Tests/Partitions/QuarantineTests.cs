using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Tests.Elements;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Grains.Partitions;
using Xunit;

namespace Pudong.Twin.Grains.Tests.Partitions;

/// <summary>A silo whose partitions keep few events in quarantine.</summary>
public sealed class QuarantineCluster() : TwinCluster(partitions: 6, options: options => options.QuarantineLimit = 3);

public sealed class QuarantineTests(QuarantineCluster city) : IClassFixture<QuarantineCluster>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RefusedEvent_IsListedAndTakesEffectWhenItIsSentAgain()
    {
        var partition = city.Take();
        var sensor = city.NewElement("sensor", partition);
        await city.Send(Sample.Reading(sensor, 1, 7, 1));

        var listed = Assert.Single(await city.Partition(partition).Quarantined(LogPosition.Start, 10));
        Assert.Equal((RefusalReason.ElementUnknown, sensor), (listed.Refusal.Reason, listed.Event!.Subject));

        await city.Send(Sample.Registered(sensor));
        Assert.Equal([listed.Position], await city.Partition(partition).Resubmit([listed.Position], Cancellation));
        await city.Partition(partition).WaitFor((await city.Log.Extent(partition, Cancellation)).Head, Cancellation);

        Assert.Equal(7, (await city.Element(sensor).Read(cancellationToken: Cancellation))!.State.ReadingAt(1)!.Value.Last);
        Assert.Empty(await city.Partition(partition).Quarantined(LogPosition.Start, 10));
    }

    [Fact]
    public async Task UnreadableEvent_IsListedWithoutEventAndCanBeDiscarded()
    {
        var partition = city.Take();
        var shop = city.NewElement("shop", partition);
        var writer = new EventBatch.Writer();
        writer.Add([1, 2, 3]);
        await city.Log.Append(partition, writer.ToBatch(), Cancellation);
        await city.Send(Sample.Registered(shop));

        var listed = Assert.Single(await city.Partition(partition).Quarantined(LogPosition.Start, 10));

        Assert.Equal((RefusalReason.Unreadable, (TwinEvent?)null), (listed.Refusal.Reason, listed.Event));
        Assert.Equal([listed.Position], await city.Partition(partition).Discard([listed.Position, new LogPosition(99)]));
        Assert.Equal(0, (await city.Partition(partition).Status()).Quarantined);
    }

    [Fact]
    public async Task RefusedEvents_BeyondTheLimit_PushTheOldestOut()
    {
        var partition = city.Take();
        var sensor = city.NewElement("sensor", partition);

        await city.Send(Enumerable.Range(0, 5).Select(hour => Sample.Reading(sensor, 1, 7, hour)));

        var listed = await city.Partition(partition).Quarantined(LogPosition.Start, 10);
        Assert.Equal([4, 5, 6], listed.Select(entry => entry.Position.Value));
    }

    [Fact]
    public async Task Quarantine_SurvivesInSnapshots()
    {
        var partition = city.Take();
        var sensor = city.NewElement("sensor", partition);
        await city.Send(Sample.Reading(sensor, 1, 7, 1));
        var before = await city.Partition(partition).Quarantined(LogPosition.Start, 10);

        await city.Deactivate(partition, withSnapshot: true);

        Assert.Equal(before, await city.Partition(partition).Quarantined(LogPosition.Start, 10), (left, right) => left.Position == right.Position && left.Refusal == right.Refusal);
    }

    [Fact]
    public async Task EventInTheWrongPartition_IsRefused()
    {
        var (partition, other) = (city.Take(), city.Take());
        var stray = city.NewElement("shop", other);

        var position = await city.Append(partition, Sample.Registered(stray));
        await city.Partition(partition).WaitFor(position, Cancellation);

        Assert.Equal(RefusalReason.WrongPartition, Assert.Single(await city.Partition(partition).Quarantined(LogPosition.Start, 10)).Refusal.Reason);
    }

    [Fact]
    public void Add_BeyondTheLimit_CountsWhatIsLost()
    {
        var quarantine = new Quarantine(limit: 2);

        for (var position = 1; position <= 5; position++)
        {
            quarantine.Add(new QuarantineEntry(new LogPosition(position), new Refusal(RefusalReason.Unreadable, "", ""), 0, []));
        }

        Assert.Equal((2, 3L), (quarantine.Count, quarantine.Lost));
    }
}
