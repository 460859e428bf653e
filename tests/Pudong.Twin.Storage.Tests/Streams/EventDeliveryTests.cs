using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Pudong.Twin.Contract;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Storage.Streams;
using Xunit;

namespace Pudong.Twin.Storage.Tests.Streams;

public sealed class EventDeliveryTests(SharedEventStreams silo)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Delivery_OfManyAppends_BringsEveryEventOnceInOrder()
    {
        var (partition, witness) = Take();

        for (var append = 0; append < 300; append++)
        {
            await silo.Log.Append(partition, 1 + append % 7);
        }

        var head = (await silo.Log.Extent(partition, Cancellation)).Head;
        await witness.UntilApplied(head.Value);
        AssertApplied(witness, head);
    }

    [Fact]
    public async Task Delivery_OfBlocksOlderThanTheSilo_WakesTheGrainThatSeesItsGap()
    {
        var witness = silo.Witnesses.Of(SharedEventStreams.Filled);

        await witness.UntilApplied(9);

        Assert.Equal(new LogPosition(6), Assert.Single(witness.Delivered).First);
        AssertApplied(witness, new LogPosition(9));
    }

    [Fact]
    public async Task Delivery_OnTheSameSilo_BringsTheLogsOwnBlocks()
    {
        var (partition, witness) = Take();
        await silo.Log.Append(partition, 2, 2, 2);
        await witness.UntilApplied(6);

        var stored = await silo.Log.Read(partition, new LogPosition(1), Cancellation).ToListAsync(Cancellation);

        // An agent begins at the newest block, so the first ones may have come from the log itself.
        Assert.All(witness.Delivered, block => Assert.Contains(stored, other => ReferenceEquals(block, other)));
        Assert.Same(stored[^1], witness.Delivered[^1]);
    }

    [Fact]
    public async Task Delivery_ThatFailsAfterItTookEffect_IsRepeatedAndAppliedOnce()
    {
        var (partition, witness) = Take();
        witness.Fail(deliveries: 1);

        await silo.Log.Append(partition, 5);
        await witness.Until(() => witness.Delivered.Count == 2);
        await silo.Log.Append(partition, 1);
        await witness.UntilApplied(6);

        Assert.Equal(new LogPosition(1), witness.Delivered[1].First);
        Assert.Equal(0, witness.Errors);
        AssertApplied(witness, new LogPosition(6));
    }

    [Fact]
    public async Task Delivery_ThatKeepsFailing_IsGivenUpAndTheSubscriberIsTold()
    {
        var (partition, witness) = Take();
        using var failures = new FailureCount(silo.Cluster.Silos[0].ServiceProvider.GetRequiredService<IMeterFactory>(), partition);
        witness.Fail(deliveries: int.MaxValue);

        await silo.Log.Append(partition, 5);
        await witness.Until(() => witness.Errors == 1);
        witness.Fail(deliveries: 0);
        await silo.Log.Append(partition, 1);
        await witness.UntilApplied(6);

        // On a quiet machine the agent was seen to report one block twice; see the known defect in DECISIONS.md.
        Assert.True(failures.Value >= 1, "The failure handler should have counted the delivery that was given up.");
        Assert.True(witness.Delivered.Count >= 3, $"{witness.Delivered.Count} deliveries are too few for a repetition.");
        AssertApplied(witness, new LogPosition(6));
    }

    [Fact]
    public async Task Delivery_WhileReadingsFail_IsMadeUpForAfterwards()
    {
        var (partition, witness) = Take();
        await silo.Log.Append(partition, 1);
        await witness.UntilApplied(1);
        silo.Log.Script.FailNext(LogCall.Read, partition, new EventLogUnavailableException("broken"));
        silo.Log.Script.CutNextRead(partition, blocks: 1);

        await silo.Log.Append(partition, 1, 2, 3);
        await witness.UntilApplied(7);

        Assert.Equal([1, 2, 3, 5], witness.Delivered.Select(block => block.First.Value));
        AssertApplied(witness, new LogPosition(7));
    }

    [Fact]
    public async Task Delivery_ToASlowGrain_StopsReadingTheLogUntilItGoesOn()
    {
        const int appends = 20 * SharedEventStreams.CacheBlocks;
        var (partition, witness) = Take();
        using var hold = witness.Hold();
        await silo.Log.Append(partition, 1);
        await hold.Reached;

        await silo.Log.Append(partition, [.. Enumerable.Repeat(1, appends)]);
        await silo.Pressure.UntilPaused(3);

        Assert.InRange(silo.Log.Script.BlocksRead(partition), SharedEventStreams.CacheBlocks / 2, SharedEventStreams.CacheBlocks);
        hold.Dispose();
        await witness.UntilApplied(1 + appends);
        AssertApplied(witness, new LogPosition(1 + appends));
        Assert.Equal(1 + appends, witness.Delivered.Count);
    }

    [Fact]
    public async Task Idling_ForSomeWaits_NeverReadsTheLog()
    {
        var (partition, witness) = Take();
        await silo.Log.Append(partition, 1);
        await witness.UntilApplied(1);
        await AgentWaits(partition);
        var reads = silo.Log.Script.Count(LogCall.Read, partition);
        var extents = silo.Log.Script.Count(LogCall.Extent, partition);

        for (var wait = 0; wait < 5; wait++)
        {
            await AgentWaits(partition);
        }

        Assert.Equal(reads, silo.Log.Script.Count(LogCall.Read, partition));
        Assert.Equal(extents, silo.Log.Script.Count(LogCall.Extent, partition));
    }

    private async Task AgentWaits(int partition)
    {
        using var hold = silo.Log.Script.Hold(LogCall.Wait, partition);
        await hold.Reached.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
    }

    private (int Partition, Witness Witness) Take()
    {
        var partition = silo.Take();
        return (partition, silo.Witnesses.Of(partition));
    }

    private static void AssertApplied(Witness witness, LogPosition head) =>
        Assert.Equal(Enumerable.Range(1, (int)head.Value).Select(value => new LogPosition(value)), witness.Applied);

    private sealed class FailureCount : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _value;

        // Other clusters of this process count failures of streams of the same names.
        internal FailureCount(IMeterFactory silo, int partition)
        {
            var stream = EventStreams.Of(partition).ToString();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == EventStreamFailureHandler.Counter && ReferenceEquals(instrument.Meter.Scope, silo))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, measurement, tags, _) =>
            {
                if (tags.ToArray().Contains(new("stream", stream)))
                {
                    Interlocked.Add(ref _value, measurement);
                }
            });
            _listener.Start();
        }

        internal long Value => Interlocked.Read(ref _value);

        public void Dispose() => _listener.Dispose();
    }
}
