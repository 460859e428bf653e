using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Streams;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Storage.Streams;
using Xunit;

namespace Pudong.Twin.Storage.Tests.Streams;

public sealed class EventStreamCacheTests
{
    private static readonly EventStreamOptions Options = new();

    [Fact]
    public void IsUnderPressure_BeyondItsBytes_EndsWhenTheBlocksArePassed()
    {
        var cache = new EventStreamCache(Options.CacheBlocks, bytes: 1_000, NullLogger.Instance);
        cache.AddToCache([Container(1, 600), Container(2, 600)]);
        var cursor = Cursor(cache);
        Assert.True(cache.IsUnderPressure());

        while (cursor.MoveNextWithResult().Kind == QueueCacheCursorMoveResultKind.Success)
        {
            Assert.False(cache.TryPurgeFromCache(out _));
        }

        Assert.True(cache.TryPurgeFromCache(out _));
        Assert.False(cache.IsUnderPressure());
    }

    [Fact]
    public void IsUnderPressure_BeyondItsBlocks_HoldsWhileACursorStandsAtTheOldest()
    {
        var cache = new EventStreamCache(blocks: 20, Options.CacheBytes, NullLogger.Instance);
        cache.AddToCache([.. Enumerable.Range(1, 20).Select(position => Container(position, 10))]);
        var cursor = Cursor(cache);
        Assert.Equal(QueueCacheCursorMoveResultKind.Success, cursor.MoveNextWithResult().Kind);

        Assert.False(cache.TryPurgeFromCache(out _));
        Assert.True(cache.IsUnderPressure());
    }

    [Fact]
    public void TryPurgeFromCache_AfterAFailedDelivery_FreesItsBytesToo()
    {
        var cache = new EventStreamCache(Options.CacheBlocks, bytes: 1_000, NullLogger.Instance);
        cache.AddToCache([Container(1, 1_000)]);
        var cursor = Cursor(cache);
        Assert.Equal(QueueCacheCursorMoveResultKind.Success, cursor.MoveNextWithResult().Kind);
        cursor.RecordDeliveryFailure();
        Assert.Equal(QueueCacheCursorMoveResultKind.NoData, cursor.MoveNextWithResult().Kind);

        cache.TryPurgeFromCache(out _);

        Assert.False(cache.IsUnderPressure());
    }

    private static IQueueCacheCursor Cursor(IQueueCache cache)
    {
        var result = cache.TryGetCacheCursor(EventStreams.Of(0), Container(1, 0).SequenceToken);
        return Assert.IsType<IQueueCacheCursor>(result.Cursor, exactMatch: false);
    }

    private static EventBlockContainer Container(long position, int size) =>
        new(EventStreams.Of(0), new EventBlock(0, new LogPosition(position), 1, [.. new byte[size]]));
}
