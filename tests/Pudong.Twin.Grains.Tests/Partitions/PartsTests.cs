using Microsoft.Extensions.Options;
using Pudong.Twin.Contracts.Partitions;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Tests.Elements;
using Pudong.Twin.Grains.Partitions;
using Xunit;

namespace Pudong.Twin.Grains.Tests.Partitions;

public sealed class PartsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Advance_AtOrBelowTheMark_IsARepeat()
    {
        var marks = new CauseMarks(partitions: 2);

        Assert.True(marks.Advance(new Cause(1, new LogPosition(5), 0)));
        Assert.True(marks.Advance(new Cause(1, new LogPosition(5), 1)));
        Assert.False(marks.Advance(new Cause(1, new LogPosition(5), 1)));
        Assert.False(marks.Advance(new Cause(1, new LogPosition(4), 9)));
        Assert.True(marks.Advance(new Cause(0, new LogPosition(1), 0)));
    }

    [Fact]
    public void Take_AfterTheDeadlineMovedAway_LooksAtTheElementOnce()
    {
        var queue = new DueQueue();
        var early = Sample.Fold(Sample.Sensor, Sample.Registered(Sample.Sensor), Sample.Reading(Sample.Sensor, 0, 1, 0));
        var late = Sample.Fold(Sample.Sensor, Sample.Registered(Sample.Sensor), Sample.Reading(Sample.Sensor, 0, 1, 5));

        queue.Follow(null, early);
        queue.Follow(early, late);

        Assert.Equal(early.NextDue, queue.Next);
        Assert.Equal(Sample.Sensor, queue.Take(early.NextDue));
        Assert.Null(queue.Take(late.NextDue));
    }

    [Fact]
    public void Take_AfterTheDeadlineWasTold_LooksAtItsSuccessorInTime()
    {
        var queue = new DueQueue();
        var first = Sample.Fold(Sample.Sensor, Sample.Registered(Sample.Sensor), Sample.Reading(Sample.Sensor, 0, 1, 0));
        var second = Sample.Fold(Sample.Sensor, Sample.Registered(Sample.Sensor), Sample.Reading(Sample.Sensor, 0, 1, 1));
        queue.Follow(null, first);
        queue.Told(queue.Take(first.NextDue)!, long.MaxValue - 1);

        queue.Follow(first, second);

        Assert.Equal(second.NextDue, queue.Next);
    }

    [Fact]
    public async Task WaitFor_WithMoreWaitersThanAllowed_IsRefusedUntilOneGivesUp()
    {
        var waiters = new PositionWaiters(limit: 1);
        using var patience = new CancellationTokenSource();
        var first = waiters.WaitFor(new LogPosition(2), LogPosition.Start, patience.Token).AsTask();

        Assert.Throws<PartitionBusyException>(() => { _ = waiters.WaitFor(new LogPosition(1), LogPosition.Start, Cancellation).AsTask(); });
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var second = waiters.WaitFor(new LogPosition(1), LogPosition.Start, Cancellation).AsTask();
        waiters.Reach(new LogPosition(7));

        Assert.Equal(new LogPosition(7), await second);
    }

    [Fact]
    public void Options_OutOfRange_AreRefusedByName()
    {
        var result = new PartitionOptionsValidator().Validate(null, new PartitionOptions { WakeLimit = 0, ElementPatience = TimeSpan.FromHours(1) });

        Assert.True(result.Failed);
        Assert.Contains(result.Failures!, failure => failure.Contains(nameof(PartitionOptions.WakeLimit), StringComparison.Ordinal));
        Assert.Contains(result.Failures!, failure => failure.Contains(nameof(PartitionOptions.ElementPatience), StringComparison.Ordinal));
    }

    [Fact]
    public void Options_ByDefault_AreInRange() => Assert.Equal(ValidateOptionsResult.Success, new PartitionOptionsValidator().Validate(null, new PartitionOptions()));
}
