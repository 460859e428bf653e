using Pudong.Twin.Contract;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Storage.Sqlite;
using Xunit;

namespace Pudong.Twin.Storage.Tests.Sqlite;

/// <summary>What the log does when the disk is full, read-only, limited or used by somebody else.</summary>
public sealed class DiskTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Append_OnAFullDisk_SaysSoAndGoesOnWhenThereIsSpace()
    {
        using var disk = SmallDisk.Mount(12);
        var ballast = Path.Combine(disk.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[4 << 20], Token);
        using var folder = new StoreFolder();
        var options = new SqliteStorageOptions { Path = Path.Combine(disk.Path, "twin.db"), Partitions = 1, CheckpointSize = 1 << 20 };
        var log = folder.Open(options);

        var accepted = new List<string>();
        var fault = await Assert.ThrowsAsync<EventLogUnavailableException>(() => Fill(log, accepted));
        Assert.Contains("is full; free some space", fault.Message, StringComparison.Ordinal);
        Assert.Equal(accepted, await Names(log));

        File.Delete(ballast);
        Assert.Equal(new LogPosition(accepted.Count + 1), await log.Append(0, Large("after"), Token));
        folder.Close(log);
        log = folder.Open(options);
        Assert.Equal([.. accepted, "after"], await Names(log));
        folder.Close(log);
    }

    [Fact]
    public void Open_OnAReadOnlyDisk_SaysSo()
    {
        using var disk = SmallDisk.Mount(4);
        var options = new SqliteStorageOptions { Path = Path.Combine(disk.Path, "twin.db"), Partitions = 1 };
        _folder.Close(_folder.Open(options));
        disk.MakeReadOnly();

        var fault = Assert.Throws<SqliteStoreException>(() => _folder.Open(options));

        Assert.Equal(SqliteFault.Unavailable, fault.Fault);
        Assert.Contains("cannot be written", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_InAPlaceThatIsNoFolder_SaysSo()
    {
        var file = _folder.NewFile();
        File.WriteAllText(file, "a file");

        var fault = Assert.Throws<SqliteStoreException>(() => _folder.Open(new SqliteStorageOptions { Path = Path.Combine(file, "twin.db") }));

        Assert.Contains("cannot be written", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_BeyondTheFileSizeLimit_IsRefusedAndLosesNothing()
    {
        var path = _folder.NewFile();
        var (accepted, refused) = (new List<AcceptedBatch>(), new List<string>());
        using (var appender = new Appender(path, 1, SqliteDurability.ProcessCrash, 4, fileSizeLimit: 3_000))
        {
            await appender.Opened();
            while (await appender.Line() is { } line)
            {
                if (AcceptedBatch.Parse(line) is { } batch)
                {
                    accepted.Add(batch);
                }
                else
                {
                    refused.Add(line);
                }
            }
        }

        var log = _folder.Open(new SqliteStorageOptions { Path = path, Partitions = 4 });
        Assert.NotEmpty(accepted);
        foreach (var batches in accepted.GroupBy(batch => batch.Partition))
        {
            var texts = await log.Texts(batches.Key, Token);
            Assert.All(batches, batch => Assert.Equal($"{batch.Name}/{batch.Count - 1}", texts[(int)batch.First + batch.Count - 2]));
        }

        Assert.Equal(4, refused.Count);
        Assert.All(refused, sentence => Assert.Matches("file size limit|is full", sentence));
    }

    [Fact]
    public async Task Open_OfAFileThatAnotherProcessUses_IsRefusedUntilThatOneIsGone()
    {
        var options = new SqliteStorageOptions { Path = _folder.NewFile(), Partitions = 4 };
        using (var appender = new Appender(options.Path, 1, SqliteDurability.ProcessCrash, 1))
        {
            await appender.Opened();
            var fault = Assert.Throws<SqliteStoreException>(() => _folder.Open(options));
            Assert.Equal(SqliteFault.Mismatch, fault.Fault);
            Assert.Contains("in use by another process", fault.Message, StringComparison.Ordinal);
        }

        Assert.Equal(4, _folder.Open(options).Partitions);
    }

    private static EventBatch Large(string name) => Events.Batch([[.. System.Text.Encoding.UTF8.GetBytes(name), .. new byte[1], .. Events.Noise(100_000, 1)]]);

    private static async Task Fill(SqliteEventLog log, List<string> accepted)
    {
        for (var batch = 0; batch < 1_000; batch++)
        {
            await log.Append(0, Large($"b{batch}"), Token);
            accepted.Add($"b{batch}");
        }
    }

    private static async Task<List<string>> Names(SqliteEventLog log) =>
        [.. (await log.Texts(0, Token)).Select(text => text[..text.IndexOf('\0')])];
}
