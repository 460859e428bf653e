using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Streams;
using Pudong.Twin.Contract;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Storage.Streams;
using Xunit;

namespace Pudong.Twin.Storage.Tests.Streams;

public sealed class EventReceiverTests
{
    private readonly InMemoryEventLog _log = new(2);
    private readonly FakeTimeProvider _time = new();
    private readonly EventStreamOptions _options = new();
    private readonly EventReceiver _receiver;

    public EventReceiverTests() => _receiver = new EventReceiver(_log, 1, _options, _time, NullLogger.Instance);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetQueueMessages_OfAFilledPartition_BeginsWithTheNewestBlock()
    {
        await _log.Append(1, 3, 2, 4);

        var blocks = await Read();

        Assert.Equal([(6, 9)], blocks);
    }

    [Fact]
    public async Task GetQueueMessages_WithMoreThanItMayTake_GoesOnInTheSameReadingWithoutGap()
    {
        await _log.Append(1, 1);
        await Read();
        await _log.Append(1, 2, 2, 2, 2, 2);

        Assert.Equal([(2, 3), (4, 5)], await Read(maxCount: 2));
        Assert.Equal([(6, 7), (8, 9)], await Read(maxCount: 2));
        Assert.Equal([(10, 11)], await Read(maxCount: 2));
        Assert.Equal(2, _log.Script.Count(LogCall.Read, 1));
    }

    [Fact]
    public async Task GetQueueMessages_AfterAReadingThatWasJustUsedUp_WaitsForTheNextAppend()
    {
        await _log.Append(1, 1);
        await Read(maxCount: 1);

        var reading = Read(maxCount: 1);
        Assert.False(reading.IsCompleted);
        await _log.Append(1, 1);

        Assert.Equal([(2, 2)], await reading);
    }

    [Fact]
    public async Task GetQueueMessages_OfALogWithAHole_ReportsItAndGoesNoFurther()
    {
        var receiver = new EventReceiver(new HoleyLog(), 0, _options, _time, NullLogger.Instance);

        Assert.Equal([(1, 1)], (await receiver.GetQueueMessagesAsync(10, Cancellation)).Select(Bounds));
        var damage = await Assert.ThrowsAsync<EventLogDamagedException>(() => receiver.GetQueueMessagesAsync(10, Cancellation));
        await Assert.ThrowsAsync<EventLogDamagedException>(() => receiver.GetQueueMessagesAsync(10, Cancellation));

        Assert.Contains("event 2 was due", damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetQueueMessages_OfBigBlocks_StopsAtTheBytesThatTheCacheHolds()
    {
        _options.CacheBytes = 1_000;
        await _log.Append(1, 1);
        await Read();
        await _log.Append(1, 60, 60, 60);

        Assert.Equal(2, (await Read()).Count);
        Assert.Single(await Read());
    }

    [Fact]
    public async Task GetQueueMessages_OfAnEmptyPartition_EndsWithTheAppend()
    {
        var reading = Read();
        Assert.False(reading.IsCompleted);

        await _log.Append(1, 2);

        Assert.Equal([(1, 2)], await reading);
    }

    [Fact]
    public async Task GetQueueMessages_WithoutAppend_EndsAfterTheIdleWaitAndNeverReads()
    {
        var reading = Read();
        Assert.False(reading.IsCompleted);

        _time.Advance(_options.IdleWait);

        Assert.Empty(await reading);
        Assert.Equal(0, _log.Script.Count(LogCall.Read, 1));
        Assert.Equal(1, _log.Script.Count(LogCall.Wait, 1));
    }

    [Fact]
    public async Task GetQueueMessages_WhenTheAgentLeaves_EndsAtOnce()
    {
        using var leaving = new CancellationTokenSource();
        var reading = _receiver.GetQueueMessagesAsync(10, leaving.Token);
        Assert.False(reading.IsCompleted);

        await leaving.CancelAsync();

        Assert.Empty(await reading);
    }

    [Theory]
    [InlineData(LogCall.Extent), InlineData(LogCall.Wait), InlineData(LogCall.Read)]
    public async Task GetQueueMessages_WithAFault_ThrowsAndReadsTheSameAtTheNextAttempt(LogCall call)
    {
        await _log.Append(1, 2);
        _log.Script.FailNext(call, 1, new EventLogUnavailableException("broken"));

        await Assert.ThrowsAsync<EventLogUnavailableException>(() => Read());

        Assert.Equal([(1, 2)], await Read());
    }

    [Fact]
    public async Task GetQueueMessages_CutBetweenBlocks_DeliversWhatCameAndGoesOnBehindIt()
    {
        await _log.Append(1, 1);
        await Read();
        await _log.Append(1, 1, 1, 1);
        _log.Script.CutNextRead(1, blocks: 2);

        Assert.Equal([(2, 2), (3, 3)], await Read());
        Assert.Equal([(4, 4)], await Read());
    }

    [Fact]
    public async Task GetQueueMessages_OfTrimmedEvents_GoesOnAtTheOldestKept()
    {
        await _log.Append(1, 1);
        await Read();
        await _log.Append(1, 1, 1, 1);
        await _log.Trim(1, new LogPosition(4), Cancellation);

        Assert.Empty(await Read());
        Assert.Equal([(4, 4)], await Read());
    }

    [Fact]
    public async Task GetQueueMessages_OfTheSameBlockTwice_BringsTheLogsOwnObject()
    {
        await _log.Append(1, 2);
        var block = await _log.Read(1, new LogPosition(1), Cancellation).FirstAsync(Cancellation);

        var container = Assert.IsType<EventBlockContainer>(Assert.Single(await _receiver.GetQueueMessagesAsync(10, Cancellation)));

        Assert.Same(block, container.Block);
        Assert.Equal(2, container.SequenceToken.SequenceNumber);
        Assert.Throws<InvalidCastException>(() => container.GetEvents<string>());
    }

    private async Task<IReadOnlyList<(int First, int Last)>> Read(int maxCount = 10) =>
        [.. (await _receiver.GetQueueMessagesAsync(maxCount, Cancellation)).Select(Bounds)];

    private static (int First, int Last) Bounds(IBatchContainer container)
    {
        var block = container.GetEvents<EventBlock>().Single().Item1;
        return ((int)block.First.Value, (int)block.Last.Value);
    }
}
