using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;
using Xunit;

namespace Pudong.Twin.Contract;

/// <summary>What every event log promises; each adapter's tests inherit it.</summary>
public abstract class EventLogContract
{
    /// <summary>What a test run passes to every call, so that a stopped run ends at once.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens an empty log that no other test uses.</summary>
    /// <param name="partitions">How many partitions it is created with.</param>
    protected abstract Task<IEventLog> Open(int partitions);

    /// <summary>Closes a log and opens what it stored again, as a process does that starts anew.</summary>
    /// <param name="log">A log of this test, not used afterwards.</param>
    /// <param name="partitions">How many partitions the new process believes the log has.</param>
    protected abstract Task<IEventLog> Reopen(IEventLog log, int partitions);

    /// <summary>Opens the same stored log once more, as a second silo does. An adapter for one process gives the same log back.</summary>
    /// <param name="log">A log of this test, which stays open.</param>
    protected virtual Task<IEventLog> OpenBeside(IEventLog log) => Task.FromResult(log);

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public async Task Partitions_OfALog_AreWhatItWasCreatedWith(int partitions)
    {
        var log = await Open(partitions);

        Assert.Equal(partitions, log.Partitions);
    }

    [Fact]
    public async Task Extent_OfAnEmptyPartition_HoldsNothing()
    {
        var log = await Open(2);

        Assert.Equal(Events.Extent(1, 0), await log.Extent(1, Token));
    }

    [Fact]
    public async Task Extent_AfterAppends_SpansThem()
    {
        var log = await Open(2);

        await log.Append(1, Events.Batch("a", 3), Token);
        await log.Append(1, Events.Batch("b", 2), Token);

        Assert.Equal(Events.Extent(1, 5), await log.Extent(1, Token));
        Assert.Equal(Events.Extent(1, 0), await log.Extent(0, Token));
    }

    [Fact]
    public async Task Append_ToAnEmptyPartition_BeginsAtOne()
    {
        var log = await Open(2);

        Assert.Equal(new LogPosition(1), await log.Append(0, Events.Batch("a", 3), Token));
        Assert.Equal(new LogPosition(1), await log.Append(1, Events.Batch("b", 1), Token));
    }

    [Fact]
    public async Task Append_AfterAnother_GoesOnBehindIt()
    {
        var log = await Open(1);
        await log.Append(0, Events.Batch("a", 3), Token);

        var first = await log.Append(0, Events.Batch("b", 2), Token);

        Assert.Equal(new LogPosition(4), first);
        Assert.Equal(["a/0", "a/1", "a/2", "b/0", "b/1"], await log.Texts(0, Token));
    }

    [Fact]
    public async Task Append_ToOnePartition_LeavesTheOthersAlone()
    {
        var log = await Open(3);

        await log.Append(1, Events.Batch("a", 2), Token);

        Assert.Empty(await log.Texts(0, Token));
        Assert.Equal(["a/0", "a/1"], await log.Texts(1, Token));
        Assert.Empty(await log.Texts(2, Token));
    }

    [Fact]
    public async Task Append_OfEmptyAndLargeEvents_KeepsEveryByte()
    {
        var log = await Open(1);
        byte[][] events = [[], Events.Noise(300_000, 1), [7], Events.Noise(700_000, 2), []];

        await log.Append(0, Events.Batch(events), Token);

        var read = await log.Entries(0, LogPosition.Start.Next, Token);
        Assert.Equal(events.Length, read.Count);
        Assert.All(events.Zip(read), pair => Assert.True(pair.First.AsSpan().SequenceEqual(pair.Second)));
    }

    [Fact]
    public async Task Append_FromManyWriters_NumbersEveryEventOnce()
    {
        const int Writers = 8, Batches = 12, Partitions = 3;
        var log = await Open(Partitions);

        var appended = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => Write(log, writer, Batches, Partitions))));

        await AssertEveryBatchStandsOnce(log, appended.SelectMany(batches => batches), Partitions);
    }

    [Fact]
    public async Task Append_FromTwoSilos_KeepsOneOrderWithoutLoss()
    {
        const int Writers = 4, Batches = 8, Partitions = 2;
        var log = await Open(Partitions);
        var beside = await OpenBeside(log);

        var appended = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer =>
            Task.Run(() => Write(writer % 2 == 0 ? log : beside, writer, Batches, Partitions))));

        await AssertEveryBatchStandsOnce(log, appended.SelectMany(batches => batches), Partitions);
        Assert.Equal(await log.Texts(0, Token), await beside.Texts(0, Token));
        Assert.Equal(await log.Extent(1, Token), await beside.Extent(1, Token));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public async Task Calls_OfAPartitionThatIsNotThere_AreRefused(int partition)
    {
        var log = await Open(2);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await log.Append(partition, Events.Batch("a", 1), Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await log.Entries(partition, LogPosition.Start.Next, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await log.Extent(partition, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await log.WaitForAppend(partition, LogPosition.Start, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await log.Trim(partition, LogPosition.Start, Token));
    }

    [Fact]
    public async Task Append_ThatIsCancelled_LeavesTheLogInOrder()
    {
        var log = await Open(1);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await log.Append(0, Events.Batch("a", 2), cancelled.Token));

        var first = await log.Append(0, Events.Batch("b", 1), Token);
        var texts = await log.Texts(0, Token);
        Assert.Equal("b/0", texts[(int)first.Value - 1]);
        Assert.True(texts.Count is 1 or 3, $"There are {texts.Count} events.");
    }

    [Fact]
    public async Task Read_FromTheMiddleOfABlock_GivesTheBlockThatHoldsIt()
    {
        var log = await Open(1);
        await log.Append(0, Events.Batch("a", 10), Token);
        await log.Append(0, Events.Batch("b", 10), Token);

        var blocks = await log.Blocks(0, new LogPosition(15), Token);

        Assert.InRange(15, blocks[0].First.Value, blocks[0].Last.Value);
        Assert.Equal(new LogPosition(20), blocks[^1].Last);
        Assert.Equal("b/4", (await log.Texts(0, Token, from: 15))[0]);
    }

    [Fact]
    public async Task Read_FromTheStart_IsReadingFromOne()
    {
        var log = await Open(1);
        await log.Append(0, Events.Batch("a", 2), Token);

        Assert.Equal(await log.Entries(0, LogPosition.Start.Next, Token), await log.Entries(0, LogPosition.Start, Token));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(1_000)]
    public async Task Read_BehindTheHead_GivesNothing(long from)
    {
        var log = await Open(1);
        await log.Append(0, Events.Batch("a", 5), Token);

        Assert.Empty(await log.Blocks(0, new LogPosition(from), Token));
    }

    [Fact]
    public async Task Read_WhileOthersAppend_GivesAPrefixUpToTheHeadAtItsBeginning()
    {
        var log = await Open(1);
        var writing = Task.Run(() => Write(log, 0, 30, 1), Token);
        do
        {
            var head = (await log.Extent(0, Token)).Head;
            var texts = await log.Texts(0, Token);

            Assert.True(texts.Count >= head.Value, $"Read {texts.Count} events although the head was {head}.");
        }
        while (!writing.IsCompleted);

        await AssertEveryBatchStandsOnce(log, await writing, 1);
    }

    [Fact]
    public async Task Read_ThatIsCancelled_Ends()
    {
        var log = await Open(1);
        await log.Append(0, Events.Batch("a", 5), Token);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await log.Blocks(0, LogPosition.Start.Next, cancelled.Token));
    }

    [Fact]
    public async Task WaitForAppend_OfWhatIsThere_AnswersAtOnce()
    {
        var log = await Open(1);
        await log.Append(0, Events.Batch("a", 5), Token);

        Assert.Equal(new LogPosition(5), await log.WaitForAppend(0, new LogPosition(4), Token));
    }

    [Fact]
    public async Task WaitForAppend_OfWhatIsStillToCome_WaitsForIt()
    {
        var log = await Open(2);
        await log.Append(0, Events.Batch("a", 5), Token);
        var waits = Enumerable.Range(0, 10).Select(_ => log.WaitForAppend(0, new LogPosition(5), Token).AsTask()).ToArray();
        var further = log.WaitForAppend(0, new LogPosition(7), Token).AsTask();

        await log.Append(1, Events.Batch("b", 20), Token);
        Assert.DoesNotContain(waits, wait => wait.IsCompleted);
        await log.Append(0, Events.Batch("c", 2), Token);

        Assert.All(await Task.WhenAll(waits), head => Assert.Equal(new LogPosition(7), head));
        Assert.False(further.IsCompleted);
        await log.Append(0, Events.Batch("d", 1), Token);
        Assert.Equal(new LogPosition(8), await further);
    }

    [Fact]
    public async Task WaitForAppend_OfAnotherSilosAppend_SeesIt()
    {
        var log = await Open(1);
        var beside = await OpenBeside(log);
        var wait = log.WaitForAppend(0, LogPosition.Start, Token).AsTask();

        await beside.Append(0, Events.Batch("a", 3), Token);

        Assert.Equal(new LogPosition(3), await wait);
    }

    [Fact]
    public async Task WaitForAppend_ThatIsCancelled_Ends()
    {
        var log = await Open(1);
        using var source = new CancellationTokenSource();
        var wait = log.WaitForAppend(0, LogPosition.Start, source.Token).AsTask();

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Equal(new LogPosition(1), await log.Append(0, Events.Batch("a", 1), Token));
    }

    [Fact]
    public async Task Trim_OfOldEvents_KeepsTheWanted()
    {
        var log = await Open(1);
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            await log.Append(0, Events.Batch(name, 10), Token);
        }

        await log.Trim(0, new LogPosition(25), Token);

        var extent = await log.Extent(0, Token);
        Assert.InRange(extent.Tail.Value, 1, 25);
        Assert.Equal(new LogPosition(40), extent.Head);
        Assert.Equal("c/4", (await log.Texts(0, Token, from: 25))[0]);
        if (extent.Tail > LogPosition.Start.Next)
        {
            await Assert.ThrowsAsync<EventLogTrimmedException>(async () => await log.Blocks(0, extent.Tail.Previous, Token));
        }
    }

    [Fact]
    public async Task Trim_BehindTheHead_KeepsTheNumbering()
    {
        var log = await Open(2);
        await log.Append(0, Events.Batch("a", 10), Token);

        await log.Trim(0, new LogPosition(5_000), Token);

        var extent = await log.Extent(0, Token);
        Assert.InRange(extent.Tail.Value, 1, 11);
        Assert.Equal(new LogPosition(10), extent.Head);
        Assert.Empty(await log.Blocks(0, new LogPosition(11), Token));
        Assert.Equal(new LogPosition(11), await log.Append(0, Events.Batch("b", 1), Token));
        Assert.Equal(["b/0"], await log.Texts(0, Token, from: 11));
    }

    [Fact]
    public async Task Trim_AgainOrFurtherBack_ChangesNothing()
    {
        var log = await Open(1);
        await log.Append(0, Events.Batch("a", 10), Token);
        await log.Append(0, Events.Batch("b", 10), Token);
        await log.Trim(0, new LogPosition(15), Token);
        var extent = await log.Extent(0, Token);

        await log.Trim(0, new LogPosition(15), Token);
        await log.Trim(0, new LogPosition(3), Token);
        await log.Trim(0, LogPosition.Start, Token);

        Assert.Equal(extent, await log.Extent(0, Token));
    }

    [Fact]
    public async Task Reopen_AfterAppends_FindsEveryEvent()
    {
        var log = await Open(3);
        await log.Append(0, Events.Batch("a", 10), Token);
        await log.Append(2, Events.Batch("b", 3), Token);
        var before = await log.Entries(0, LogPosition.Start.Next, Token);

        log = await Reopen(log, 3);

        Assert.Equal(before, await log.Entries(0, LogPosition.Start.Next, Token));
        Assert.Equal(Events.Extent(1, 0), await log.Extent(1, Token));
        Assert.Equal(Events.Extent(1, 3), await log.Extent(2, Token));
        Assert.Equal(new LogPosition(11), await log.Append(0, Events.Batch("c", 1), Token));
    }

    [Fact]
    public async Task Reopen_AfterEverythingWasTrimmed_KeepsTheNumbering()
    {
        var log = await Open(1);
        await log.Append(0, Events.Batch("a", 10), Token);
        await log.Trim(0, new LogPosition(11), Token);
        var extent = await log.Extent(0, Token);

        log = await Reopen(log, 1);

        Assert.Equal(extent, await log.Extent(0, Token));
        Assert.Equal(new LogPosition(11), await log.Append(0, Events.Batch("b", 1), Token));
    }

    [Fact]
    public async Task Reopen_WithAnotherNumberOfPartitions_IsRefused()
    {
        var log = await Open(3);
        await log.Append(0, Events.Batch("a", 1), Token);

        var fault = await Assert.ThrowsAsync<EventLogMismatchException>(() => Reopen(log, 5));

        Assert.Contains("3", fault.Message, StringComparison.Ordinal);
        Assert.Contains("5", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<List<Appended>> Write(IEventLog log, int writer, int batches, int partitions)
    {
        var appended = new List<Appended>();
        for (var batch = 0; batch < batches; batch++)
        {
            var (partition, name, count) = ((writer + batch) % partitions, $"w{writer}b{batch}", 1 + ((writer * 7) + (batch * 3)) % 20);
            appended.Add(new Appended(partition, await log.Append(partition, Events.Batch(name, count), Token), name, count));
        }

        return appended;
    }

    private static async Task AssertEveryBatchStandsOnce(IEventLog log, IEnumerable<Appended> appended, int partitions)
    {
        var byPartition = appended.ToLookup(batch => batch.Partition);
        for (var partition = 0; partition < partitions; partition++)
        {
            var expected = byPartition[partition]
                .OrderBy(batch => batch.First.Value)
                .SelectMany(batch => Enumerable.Range(0, batch.Count).Select(index => (Position: batch.First.Value + index, Text: $"{batch.Name}/{index}")))
                .ToList();

            Assert.Equal(Enumerable.Range(1, expected.Count).Select(position => (long)position), expected.Select(entry => entry.Position));
            Assert.Equal(expected.Select(entry => entry.Text), await log.Texts(partition, Token));
        }
    }

    private sealed record Appended(int Partition, LogPosition First, string Name, int Count);
}
