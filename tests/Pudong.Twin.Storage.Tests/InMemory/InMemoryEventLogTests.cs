using Pudong.Twin.Contract;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;
using Xunit;

namespace Pudong.Twin.Storage.Tests.InMemory;

public sealed class InMemoryEventLogTests : EventLogContract
{
    private static readonly EventBatch TwoEvents = Events.Batch("a", 2);

    private readonly InMemoryEventLog _log = new(2);

    [Fact]
    public async Task FailNext_OfTwoAppends_LosesTheFirstOnly()
    {
        _log.Script.FailNext(LogCall.Append, 1, new EventLogBusyException("busy"));

        await Assert.ThrowsAsync<EventLogBusyException>(async () => await _log.Append(1, TwoEvents, Token));
        var first = await _log.Append(1, TwoEvents, Token);

        Assert.Equal(LogPosition.Start.Next, first);
    }

    [Fact]
    public async Task CutNextAppend_OfAnAppend_KeepsItsEvents()
    {
        _log.Script.CutNextAppend(0);

        await Assert.ThrowsAsync<EventLogUnavailableException>(async () => await _log.Append(0, TwoEvents, Token));

        Assert.Equal(2, (await _log.Extent(0, Token)).Head.Value);
    }

    [Fact]
    public async Task CutNextRead_AfterOneBlock_DeliversThatBlockAndFails()
    {
        await _log.Append(0, TwoEvents, Token);
        await _log.Append(0, TwoEvents, Token);
        _log.Script.CutNextRead(0, blocks: 1);

        await using var blocks = _log.Read(0, LogPosition.Start.Next, Token).GetAsyncEnumerator(Token);

        Assert.True(await blocks.MoveNextAsync());
        await Assert.ThrowsAsync<EventLogUnavailableException>(async () => await blocks.MoveNextAsync());
    }

    [Fact]
    public async Task Hold_OfAppends_ReleasesThemWhenDisposed()
    {
        using var hold = _log.Script.Hold(LogCall.Append, 0);
        var append = _log.Append(0, TwoEvents, Token).AsTask();
        await hold.Reached;
        Assert.False(append.IsCompleted);

        hold.Dispose();

        Assert.Equal(1, (await append).Value);
        Assert.Equal(1, _log.Script.Count(LogCall.Append, 0));
    }

    protected override Task<IEventLog> Open(int partitions) => Task.FromResult<IEventLog>(new InMemoryEventLog(partitions));

    // Memory is all it stores in, so the log itself is what a new start would find.
    protected override Task<IEventLog> Reopen(IEventLog log, int partitions) => log.Partitions == partitions
        ? Task.FromResult(log)
        : throw new EventLogMismatchException($"The log has {log.Partitions} partitions, not {partitions}.");
}
