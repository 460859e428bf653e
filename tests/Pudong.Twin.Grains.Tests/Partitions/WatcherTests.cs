using System.Threading.Channels;
using Pudong.Twin.Contract;
using Pudong.Twin.Contracts.Changes;
using Pudong.Twin.Contracts.Queries;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Tests.Elements;
using Pudong.Twin.Domain.Tests.Packages;
using Xunit;

namespace Pudong.Twin.Grains.Tests.Partitions;

/// <summary>A silo whose partitions are watched.</summary>
public sealed class WatchedCluster() : TwinCluster(partitions: 4);

public sealed class WatcherTests(WatchedCluster city) : IClassFixture<WatchedCluster>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watch_TellsOfEveryChangeInOrder()
    {
        var partition = city.Take();
        var shop = city.NewElement("shop", partition);
        var watcher = new Watching();
        var reference = city.Grains.CreateObjectReference<IChangeObserver>(watcher);
        var from = await city.Partition(partition).Watch(reference, new WatchRequest(new Selection()));

        await city.Send(Sample.Registered(shop));
        await city.Send(Sample.Evidence(shop, SmallPackage.GasAlarm, 0.6, 0.9, 1));

        var entered = Assert.Single((await watcher.Next()).Elements);
        var stayed = Assert.Single((await watcher.Next()).Elements);
        Assert.Equal(new LogPosition(1), from);
        Assert.Equal((Match.Entered, 1L), (entered.Match, entered.Revision));
        Assert.Equal((Match.Stayed, "evidence-observed"), (stayed.Match, Assert.Single(stayed.Types)));
        Assert.True(stayed.ScoreAfter > stayed.ScoreBefore + 10, $"The score went from {stayed.ScoreBefore} to {stayed.ScoreAfter}.");
        GC.KeepAlive(watcher);
    }

    [Fact]
    public async Task Watcher_ThatDoesNotKeepUp_IsDroppedAndTheOthersAreTold()
    {
        var partition = city.Take();
        var shop = city.NewElement("shop", partition);
        using var hold = new LogHold();
        var (slow, quick) = (new Watching(hold), new Watching());
        await city.Partition(partition).Watch(city.Grains.CreateObjectReference<IChangeObserver>(slow), new WatchRequest(new Selection()) { Buffer = 2 });
        await city.Partition(partition).Watch(city.Grains.CreateObjectReference<IChangeObserver>(quick), new WatchRequest(new Selection()));

        await city.Send(Sample.Registered(shop));
        for (var hour = 1; hour <= 5; hour++)
        {
            await city.Send(Sample.Evidence(shop, SmallPackage.GasAlarm, 0.6, 0.9, hour));
        }

        for (var revision = 1; revision <= 6; revision++)
        {
            Assert.Equal(revision, Assert.Single((await quick.Next()).Elements).Revision);
        }

        // One message at a time reaches an observer: it hears of the end once it is through with the first.
        hold.Dispose();
        Assert.Equal(new LogPosition(1), await slow.DroppedAt.WaitAsync(Patience, Cancellation));
        GC.KeepAlive(slow);
        GC.KeepAlive(quick);
    }

    [Fact]
    public async Task Unwatch_EndsTheTelling()
    {
        var partition = city.Take();
        var shops = city.NewElements("shop", partition, 2);
        var (first, second) = (new Watching(), new Watching());
        var reference = city.Grains.CreateObjectReference<IChangeObserver>(first);
        await city.Partition(partition).Watch(reference, new WatchRequest(new Selection()));
        await city.Partition(partition).Watch(city.Grains.CreateObjectReference<IChangeObserver>(second), new WatchRequest(new Selection()));

        await city.Partition(partition).Unwatch(reference);
        await city.Send(Sample.Registered(shops[0]));

        Assert.Equal(shops[0], Assert.Single((await second.Next()).Elements).Id);
        Assert.False(first.HasAny);
        GC.KeepAlive(second);
    }

    private sealed class Watching(LogHold? hold = null) : IChangeObserver
    {
        private readonly Channel<ChangeBatch> _changes = Channel.CreateUnbounded<ChangeBatch>();
        private readonly TaskCompletionSource<LogPosition> _dropped = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<LogPosition> DroppedAt => _dropped.Task;

        public bool HasAny => _changes.Reader.TryPeek(out _);

        public async Task Changed(ChangeBatch changes)
        {
            if (hold is not null)
            {
                await hold.Pass(CancellationToken.None);
            }

            await _changes.Writer.WriteAsync(changes);
        }

        public Task Dropped(int partition, LogPosition head)
        {
            _dropped.TrySetResult(head);
            return Task.CompletedTask;
        }

        public ValueTask<ChangeBatch> Next() => new(_changes.Reader.ReadAsync(Cancellation).AsTask().WaitAsync(Patience, Cancellation));
    }
}
