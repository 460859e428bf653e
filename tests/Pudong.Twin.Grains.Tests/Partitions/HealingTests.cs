using Microsoft.Extensions.Time.Testing;
using Orleans.Storage;
using Pudong.Twin.Contract;
using Pudong.Twin.Contracts.Partitions;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Tests.Elements;
using Pudong.Twin.Grains.Events;
using Xunit;

namespace Pudong.Twin.Grains.Tests.Partitions;

/// <summary>A silo with many partitions of its own for tests that break things.</summary>
public sealed class BreakableCluster() : TwinCluster(partitions: 16);

public sealed class HealingTests(BreakableCluster city) : IClassFixture<BreakableCluster>
{
    // The agents of the stream follow the fake clock, too.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private static int _names;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Element_ThatThrows_IsFoldedByItsPartition()
    {
        var partition = city.Take();
        var hydrants = city.NewElements("hydrant", partition, 3);
        city.Hydrants.Set(hydrants[1], _ => throw new InvalidOperationException("The test lets this hydrant fail."));

        await city.Send(hydrants.Select(id => Sample.Registered(id)));

        foreach (var hydrant in hydrants)
        {
            Assert.Equal(1, (await city.Element(hydrant).Read(cancellationToken: Cancellation))!.State.Revision);
        }
    }

    [Fact]
    public async Task Element_ThatFailedOnce_IsToldItsPartitionsState()
    {
        var hydrant = city.NewElement("hydrant", city.Take());
        await city.Send(Sample.Registered(hydrant));
        Assert.NotNull(await city.Element(hydrant).Read(cancellationToken: Cancellation));
        city.Hydrants.Set(hydrant, _ => throw new InvalidOperationException("The test lets this hydrant fail."));

        await city.Send(Named(hydrant, "folded"));

        Assert.Equal("folded", (await city.Element(hydrant).Read(cancellationToken: Cancellation))!.State.Name);
    }

    [Fact]
    public async Task Snapshot_ThatCannotWriteItsChunks_FailsAndTheNextOneSucceeds()
    {
        var (partition, hydrant) = await Registered();
        city.Store.Break(city.GrainOf(partition), "snapshot-", new IOException("The test lets no chunk be written."));

        await Assert.ThrowsAnyAsync<Exception>(async () => await city.Partition(partition).Snapshot(Cancellation));
        await city.Send(Named(hydrant, "still alive"));
        city.Store.Mend(city.GrainOf(partition));

        Assert.Equal(new LogPosition(3), await city.Partition(partition).Snapshot(Cancellation));
        // Nothing is left of the attempt that failed: the manifest, marks and states of one snapshot.
        Assert.Equal(3, city.Store.Names(city.GrainOf(partition)).Count);
    }

    [Fact]
    public async Task Snapshot_ThatIsDamaged_IsReplacedByTheOlderOneAndMoreOfTheLog()
    {
        var (partition, hydrant) = await Registered();
        await city.Partition(partition).Snapshot(Cancellation);
        await city.Send(Named(hydrant, "second"));
        await city.Partition(partition).Snapshot(Cancellation);
        await city.Send(Named(hydrant, "third"));
        city.Store.Damage(city.GrainOf(partition), "snapshot-2-1");

        await city.Deactivate(partition, withSnapshot: false);

        Assert.Equal("third", (await city.Partition(partition).StateOf(hydrant, Cancellation)).Name);
        Assert.Equal(new LogPosition(2), (await city.Partition(partition).Status()).Snapshot);
    }

    [Fact]
    public async Task Snapshot_OfTheSecondGeneration_LetsTheLogBeTrimmedBehindTheFirst()
    {
        var (partition, hydrant) = await Registered();
        await city.Partition(partition).Snapshot(Cancellation);
        await city.Send(Named(hydrant, "second"));
        await city.Partition(partition).Snapshot(Cancellation);

        Assert.Equal(new LogPosition(3), (await city.Log.Extent(partition, Cancellation)).Tail);
        await city.Send(Named(hydrant, "third"));
        await city.Partition(partition).Snapshot(Cancellation);
        Assert.Equal(new LogPosition(4), (await city.Log.Extent(partition, Cancellation)).Tail);
        // Two generations of two chunks, and the manifest.
        Assert.Equal(5, city.Store.Names(city.GrainOf(partition)).Count);

        await city.Deactivate(partition, withSnapshot: false);
        Assert.Equal("third", (await city.Partition(partition).StateOf(hydrant, Cancellation)).Name);
    }

    [Fact]
    public async Task Snapshot_OfAnActivationThatIsNoLongerAlone_EndsItAndTheNextOneRecovers()
    {
        var (partition, hydrant) = await Registered();
        await city.Partition(partition).Snapshot(Cancellation);
        await city.Send(Named(hydrant, "second"));
        city.Store.Touch(city.GrainOf(partition), "snapshot");

        var conflict = await Assert.ThrowsAnyAsync<Exception>(async () => await city.Partition(partition).Snapshot(Cancellation));

        Assert.IsType<InconsistentStateException>(conflict);
        await Eventually(async () => (await city.Partition(partition).StateOf(hydrant, Cancellation)).Name == "second");
        Assert.Equal(new LogPosition(3), await city.Partition(partition).Snapshot(Cancellation));
    }

    [Fact]
    public async Task Deactivation_TakesASnapshotFromWhichThePartitionOpens()
    {
        var (partition, hydrant) = await Registered();

        await city.Deactivate(partition, withSnapshot: true);

        Assert.Equal(new LogPosition(2), (await OpenStatus(partition)).Snapshot);
        Assert.NotNull(await city.Element(hydrant).Read(cancellationToken: Cancellation));
    }

    [Fact]
    public async Task Opening_WhileTheLogDoesNotAnswer_TriesAgainUntilItDoes()
    {
        var (partition, hydrant) = await Registered();
        await city.Deactivate(partition, withSnapshot: false);
        city.Log.Script.FailNext(LogCall.Read, partition, new EventLogUnavailableException("The test lets this reading fail."));
        city.Log.Script.FailNext(LogCall.Read, partition, new EventLogUnavailableException("The test lets this reading fail."));

        Assert.Equal(1, (await city.Partition(partition).StateOf(hydrant, Cancellation)).Revision);
    }

    [Fact]
    public async Task Read_OfASleepingElementDuringABatch_AnswersBoth()
    {
        var partition = city.Take();
        var hydrants = city.NewElements("hydrant", partition, 2);
        await city.Send(hydrants.Select(id => Sample.Registered(id)));
        await city.Cluster.DeactivateAsync(city.Element(hydrants[1]));
        using var hold = new LogHold();
        city.Hydrants.Set(hydrants[0], _ => hold.Pass(CancellationToken.None));
        await city.Append(partition, Named(hydrants[0], "held"), Named(hydrants[1], "asked"));
        await hold.Reached.WaitAsync(Cancellation);

        // The batch waits for the first hydrant; the second one wakes now, and asks the waiting partition.
        var view = await city.Element(hydrants[1]).Read(cancellationToken: Cancellation);
        hold.Dispose();

        Assert.NotNull(view);
        await city.Partition(partition).WaitFor(new LogPosition(5), Cancellation);
        Assert.Equal("asked", (await city.Element(hydrants[1]).Read(cancellationToken: Cancellation))!.State.Name);
    }

    [Fact]
    public async Task Element_ThatDoesNotAnswer_IsFoldedByItsPartitionAndItsLateAnswerChangesNothing()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(Sample.At(0)));
        await using var slow = new TwinCluster(partitions: 1, time: time);
        await slow.InitializeAsync();
        var hydrant = slow.NewElement("hydrant", 0);
        await AdvanceUntil(slow, slow.Send(Sample.Registered(hydrant)), Tick);
        using var hold = new LogHold();
        slow.Hydrants.Set(hydrant, _ => hold.Pass(CancellationToken.None));
        await slow.Append(0, Named(hydrant, "second"));
        await AdvanceUntil(slow, hold.Reached, Tick);

        var applied = slow.Partition(0).WaitFor(new LogPosition(3), Cancellation).AsTask();
        await AdvanceUntil(slow, applied, TimeSpan.FromSeconds(3));
        slow.Hydrants.Clear(hydrant);
        await AdvanceUntil(slow, slow.Send(Named(hydrant, "third")), TimeSpan.FromSeconds(3));
        hold.Dispose();

        Assert.Equal("third", (await slow.Element(hydrant).Read(cancellationToken: Cancellation))!.State.Name);
        await slow.AssertEqualsFold();
    }

    [Fact]
    public async Task Silence_OfASensor_BecomesAnEventOnceItsTimeHasPassed()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(Sample.At(0)));
        await using var quiet = new TwinCluster(partitions: 1, time: time);
        await quiet.InitializeAsync();
        var sensor = quiet.NewElement("sensor", 0);
        await AdvanceUntil(quiet, quiet.Send(Sample.Registered(sensor), Sample.Reading(sensor, 0, 3, 0)), Tick);
        await AdvanceUntil(quiet, quiet.Send(Sample.Reading(sensor, 0, 3, 0.5)), Tick);

        time.Advance(TimeSpan.FromHours(1.4));
        Assert.Equal(new LogPosition(4), (await quiet.Log.Extent(0, Cancellation)).Head);
        var silent = quiet.Partition(0).WaitFor(new LogPosition(5), Cancellation).AsTask();
        await AdvanceUntil(quiet, silent, TimeSpan.FromMinutes(7));

        var state = (await quiet.Element(sensor).Read(cancellationToken: Cancellation))!.State;
        Assert.True(state.ReadingAt(0)!.Value.Silent);
        Assert.Equal(Sample.At(1.5), state.Clock);
        await quiet.AssertEqualsFold();
    }

    private async Task<(int Partition, ElementId Hydrant)> Registered()
    {
        var partition = city.Take();
        var hydrant = city.NewElement("hydrant", partition);
        await city.Send(Sample.Registered(hydrant));
        return (partition, hydrant);
    }

    private async Task<PartitionStatus> OpenStatus(int partition)
    {
        await city.Partition(partition).WaitFor(LogPosition.Start, Cancellation);
        return await city.Partition(partition).Status();
    }

    // Each a little later than the one before: of two observations of one moment the first counts.
    internal static TwinEvent Named(ElementId id, string name) =>
        Sample.Event(id, "attributes-observed", new AttributeData([], []) { Name = name }, 10 + (Interlocked.Increment(ref _names) * 0.001));

    // Timers of the fake clock that are set a moment later would otherwise be missed.
    private static async Task AdvanceUntil(TwinCluster city, Task done, TimeSpan step)
    {
        for (var attempt = 0; !done.IsCompleted; attempt++)
        {
            Assert.True(attempt < 1_000, "What the clock should have brought about has not happened.");
            city.Time!.Advance(step);
            await city.Partition(0).Status();
        }

        await done;
    }

    // A partition that stops answers with "opening" until its next activation is there.
    internal static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                if (await holds())
                {
                    return;
                }
            }
            catch (PartitionOpeningException) when (attempt < 10_000)
            {
            }

            Assert.True(attempt < 10_000, "What should hold in the end does not.");
        }
    }
}
