using Pudong.Twin.Contract;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Storage.Sqlite;
using Xunit;

namespace Pudong.Twin.Storage.Tests.Sqlite;

public sealed class SqliteEventLogTests : EventLogContract, IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Steps_OfAnyKind_BehaveLikeAList() => EventLogModel.Sample(Open, Reopen, 40);

    [Fact]
    public async Task Append_OfManySmallBatches_SharesBlocks()
    {
        var log = (SqliteEventLog)await Open(1);

        await Task.WhenAll(Enumerable.Range(0, 500).Select(batch => log.Append(0, Events.Batch($"b{batch}", 1), Token).AsTask()));

        Assert.InRange((await log.Blocks(0, LogPosition.Start.Next, Token)).Count, 1, 100);
        Assert.Equal(500, (await log.Texts(0, Token)).Distinct().Count());
    }

    [Fact]
    public async Task Append_WithMoreWaitingThanTheBound_IsRefusedAndNotAppended()
    {
        var log = _folder.Open(new SqliteStorageOptions { Path = _folder.NewFile(), Partitions = 1, WaitingAppends = 2 });
        var release = new TaskCompletionSource();
        var held = _folder.StoreOf(log).Writer.Add(_ => { release.Task.Wait(); return true; }, 0, Token);
        var (first, second) = (log.Append(0, Events.Batch("a", 1), Token).AsTask(), log.Append(0, Events.Batch("b", 1), Token).AsTask());

        var fault = await Assert.ThrowsAsync<EventLogBusyException>(async () => await log.Append(0, Events.Batch("c", 1), Token));
        release.SetResult();
        await Task.WhenAll(held, first, second);

        Assert.Contains("WaitingAppends", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["a/0", "b/0"], await log.Texts(0, Token));
        Assert.Equal(new LogPosition(3), await log.Append(0, Events.Batch("d", 1), Token));
    }

    [Fact]
    public async Task Append_OfMoreBytesThanTheBound_IsRefused()
    {
        var log = _folder.Open(new SqliteStorageOptions { Path = _folder.NewFile(), Partitions = 1, WaitingBytes = 1 << 20 });

        var fault = await Assert.ThrowsAsync<EventLogBusyException>(async () => await log.Append(0, Events.Batch([Events.Noise(1 << 20, 1)]), Token));

        Assert.Contains("append it in parts", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_CancelledWhileWaiting_IsNotAppended()
    {
        var log = (SqliteEventLog)await Open(1);
        var release = new TaskCompletionSource();
        var held = _folder.StoreOf(log).Writer.Add(_ => { release.Task.Wait(); return true; }, 0, Token);
        using var cancelled = new CancellationTokenSource();
        var append = log.Append(0, Events.Batch("a", 1), cancelled.Token).AsTask();

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);
        release.SetResult();
        await held;

        Assert.Equal(new LogPosition(1), await log.Append(0, Events.Batch("b", 1), Token));
    }

    [Fact]
    public async Task Close_WithAppendsWaiting_WritesThem()
    {
        var log = (SqliteEventLog)await Open(1);
        var appends = Enumerable.Range(0, 50).Select(batch => log.Append(0, Events.Batch($"b{batch}", 10), Token).AsTask()).ToArray();

        var reopened = await Reopen(log, 1);

        await Task.WhenAll(appends);
        Assert.Equal(Events.Extent(1, 500), await reopened.Extent(0, Token));
    }

    [Fact]
    public async Task WaitForAppend_OfALogThatIsClosed_Ends()
    {
        var log = (SqliteEventLog)await Open(1);
        var wait = log.WaitForAppend(0, LogPosition.Start, Token).AsTask();

        _folder.Close(log);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => wait);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await log.Append(0, Events.Batch("a", 1), Token));
    }

    protected override Task<IEventLog> Open(int partitions) =>
        Task.FromResult<IEventLog>(_folder.Open(new SqliteStorageOptions { Path = _folder.NewFile(), Partitions = partitions, Durability = SqliteDurability.ProcessCrash }));

    protected override Task<IEventLog> Reopen(IEventLog log, int partitions)
    {
        var path = _folder.StoreOf((SqliteEventLog)log).Path;
        _folder.Close((SqliteEventLog)log);
        return Task.FromResult<IEventLog>(_folder.Open(new SqliteStorageOptions { Path = path, Partitions = partitions, Durability = SqliteDurability.ProcessCrash }));
    }
}
