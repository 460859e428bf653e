using Pudong.Twin.Contract;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Storage.Sqlite;
using Xunit;

namespace Pudong.Twin.Storage.Tests.Sqlite;

/// <summary>What the log does when its file is not what was written.</summary>
public sealed class DamageTests : IDisposable
{
    private const int Batches = 30;

    private readonly StoreFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_OverADamagedBlock_GivesWhatIsBeforeItAndNamesThePlace()
    {
        var options = await Filled();
        Change(options.Path, $"UPDATE log_block SET bytes = zeroblob(length(bytes)) WHERE id = {LogKey.Of(1, new LogPosition(101))}");
        var log = _folder.Open(options);
        var read = new List<EventBlock>();

        var fault = await Assert.ThrowsAsync<EventLogDamagedException>(async () =>
        {
            await foreach (var block in log.Read(1, LogPosition.Start.Next, Token))
            {
                read.Add(block);
            }
        });

        Assert.Equal(new LogPosition(100), read[^1].Last);
        Assert.Contains("Partition 1 is damaged at position 101", fault.Message, StringComparison.Ordinal);
        Assert.Equal(Batches * 10, (await log.Texts(0, Token)).Count);
    }

    [Fact]
    public async Task Read_OverAMissingBlock_NamesThePlace()
    {
        var options = await Filled(checkAtStart: 0);
        Change(options.Path, $"DELETE FROM log_block WHERE id = {LogKey.Of(1, new LogPosition(101))}");
        var log = _folder.Open(options);

        var passing = await Assert.ThrowsAsync<EventLogDamagedException>(() => log.Blocks(1, LogPosition.Start.Next, Token));
        var beginning = await Assert.ThrowsAsync<EventLogDamagedException>(() => log.Blocks(1, new LogPosition(105), Token));

        Assert.Contains("position 101", passing.Message, StringComparison.Ordinal);
        Assert.Contains("position 105", beginning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_ToAPartitionFoundDamagedAtStart_IsRefused()
    {
        var options = await Filled();
        Change(options.Path, $"UPDATE log_block SET count = count + 1 WHERE id = {LogKey.Of(1, new LogPosition(201))}");
        var log = _folder.Open(options);

        var fault = await Assert.ThrowsAsync<EventLogDamagedException>(async () => await log.Append(1, Events.Batch("a", 1), Token));

        Assert.Contains("Partition 1", fault.Message, StringComparison.Ordinal);
        Assert.Equal(new LogPosition((Batches * 10) + 1), await log.Append(0, Events.Batch("a", 1), Token));
    }

    [Fact]
    public async Task Open_WithATornTail_KeepsAPrefix()
    {
        var options = new SqliteStorageOptions { Path = _folder.NewFile(), Partitions = 1 };
        var log = _folder.Open(options);
        await Append(log, 0);
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var (random, written) = (new Random(seed), await log.Texts(0, Token));

        for (var cut = 0; cut < 15; cut++)
        {
            var torn = Copy(options.Path);
            using (var tail = new FileStream(torn + "-wal", FileMode.Open))
            {
                tail.SetLength(random.NextInt64(tail.Length));
            }

            var texts = await _folder.Open(new SqliteStorageOptions { Path = torn, Partitions = 1 }).Texts(0, Token);
            Assert.Equal(written.Take(texts.Count), texts);
            Assert.Equal(0, texts.Count % 10);
        }
    }

    [Fact]
    public async Task Read_WithADamagedPage_GivesWhatWasWrittenOrAFault()
    {
        var options = await Filled();
        var log = _folder.Open(options);
        var written = new[] { await log.Texts(0, Token), await log.Texts(1, Token) };
        _folder.Close(log);
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var (random, faults) = (new Random(seed), 0);

        for (var damage = 0; damage < 40; damage++)
        {
            var path = Copy(options.Path);
            Scribble(path, random);
            faults += await ReadsOrFails(new SqliteStorageOptions { Path = path, Partitions = 2 }, written);
        }

        Assert.InRange(faults, 1, 40);
    }

    [Fact]
    public async Task Open_WithADamagedFirstPage_SaysSo()
    {
        var options = await Filled();
        using (var file = new FileStream(options.Path, FileMode.Open))
        {
            file.Write(new byte[16]);
        }

        var fault = Assert.Throws<SqliteStoreException>(() => _folder.Open(options));

        Assert.Equal(SqliteFault.Mismatch, fault.Fault);
        Assert.Contains("no SQLite file", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OfAnotherProgramsFile_SaysSo()
    {
        var path = _folder.NewFile();
        using (var session = new SqliteSession(path, create: true))
        {
            session.Run("CREATE TABLE theirs(x)");
        }

        var fault = Assert.Throws<SqliteStoreException>(() => _folder.Open(new SqliteStorageOptions { Path = path }));

        Assert.Contains("another program", fault.Message, StringComparison.Ordinal);
    }

    private static void Change(string path, string sql)
    {
        using var session = new SqliteSession(path, create: false);
        session.Run(sql);
    }

    private static async Task Append(SqliteEventLog log, int partition)
    {
        for (var batch = 0; batch < Batches; batch++)
        {
            var number = batch;
            await log.Append(partition, Events.Batch(Enumerable.Range(0, 10).Select(index => Events.Noise(1_500, (number * 10) + index))), Token);
        }
    }

    private static void Scribble(string path, Random random)
    {
        using var file = new FileStream(path, FileMode.Open);
        // Behind the first page: what is wrong there is found on opening.
        file.Position = random.NextInt64(16_384, file.Length - 64);
        var bytes = new byte[64];
        random.NextBytes(bytes);
        file.Write(bytes);
    }

    private async Task<SqliteStorageOptions> Filled(int checkAtStart = 64 << 20)
    {
        var options = new SqliteStorageOptions { Path = _folder.NewFile(), Partitions = 2, CheckAtStart = checkAtStart };
        var log = _folder.Open(options);
        await Append(log, 0);
        await Append(log, 1);
        _folder.Close(log);
        return options;
    }

    private string Copy(string path)
    {
        var copy = _folder.NewFile();
        foreach (var suffix in new[] { string.Empty, "-wal" }.Where(suffix => File.Exists(path + suffix)))
        {
            File.Copy(path + suffix, copy + suffix);
        }

        return copy;
    }

    private async Task<int> ReadsOrFails(SqliteStorageOptions options, List<string>[] written)
    {
        SqliteEventLog? log = null;
        try
        {
            log = _folder.Open(options);
            for (var partition = 0; partition < written.Length; partition++)
            {
                Assert.Equal(written[partition], await log.Texts(partition, Token));
            }

            return 0;
        }
        catch (SqliteStoreException)
        {
            return 1;
        }
        catch (EventLogDamagedException)
        {
            return 1;
        }
        finally
        {
            if (log is not null)
            {
                _folder.Close(log);
            }
        }
    }
}
