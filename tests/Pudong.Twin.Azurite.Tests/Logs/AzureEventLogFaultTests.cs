using System.Text;
using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Options;
using Pudong.Twin.Azurite.Tests.Hosting;
using Pudong.Twin.Contract;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Storage.Azure.Logs;
using Xunit;

namespace Pudong.Twin.Azurite.Tests.Logs;

/// <summary>What the log in append blobs does when requests are lost, blobs are damaged, silos fall behind and settings are wrong.</summary>
public sealed class AzureEventLogFaultTests(AzuriteFixture azurite)
{
    private readonly string _container = AzuriteFixture.NewName("log");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_WithLostRequestsAndAnswers_StoresEveryBatchOnce()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var losses = new LostAnswers(seed);
        await using var log = Open(options =>
        {
            options.SegmentBlocks = 7;
            options.RetryPause = 10;
            options.ConfigureClient = client => client.AddPolicy(losses, HttpPipelinePosition.PerRetry);
        });
        await using var beside = Open(options => options.SegmentBlocks = 5);

        var names = await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() => Write(writer % 2 == 0 ? log : beside, $"w{writer}b", 25))));

        Assert.True(losses is { Answers: > 0, Requests: > 0 }, $"Seed {seed} lost nothing.");
        await AssertOnce(names.SelectMany(name => name), beside);
    }

    [Fact]
    public async Task Append_BySiloThatWasAway_GoesOnBehindWhatOthersTrimmed()
    {
        await using var away = Open(options => options.SegmentBlocks = 2);
        await using var busy = Open(options => options.SegmentBlocks = 2);
        await away.Append(0, Events.Batch("a", 1), Token);
        await away.Append(0, Events.Batch("b", 1), Token);
        await Write(busy, "c", 9);
        await busy.Trim(0, new LogPosition(10), Token);

        // Its newest segment is closed and gone, and so is the next one, which it would begin again.
        Assert.Equal(new LogPosition(12), await away.Append(0, Events.Batch("d", 1), Token));

        Assert.Equal(new LogPosition(12), (await busy.Extent(0, Token)).Head);
        Assert.Equal("c8/0", (await busy.Texts(0, Token, from: 11))[0]);
        Assert.Equal("d/0", (await busy.Texts(0, Token, from: 11))[1]);
    }

    [Fact]
    public async Task Append_OfBlocksBeyondASegment_RollsOver()
    {
        await using var log = Open(options => options.SegmentBlocks = 3);

        await Write(log, "a", 10);

        var segments = new List<string>();
        await foreach (var blob in Container().GetBlobsAsync(new GetBlobsOptions { Prefix = "00000/" }, Token))
        {
            segments.Add(blob.Name);
        }

        Assert.Equal([Segment(1), Segment(4), Segment(7), Segment(10)], segments);
    }

    [Fact]
    public async Task Trim_OfWholeSegments_DeletesTheirBlobs()
    {
        await using var log = Open(options => options.SegmentBlocks = 3);
        await Write(log, "a", 10);

        await log.Trim(0, new LogPosition(8), Token);

        Assert.Equal(new LogExtent(new LogPosition(7), new LogPosition(10)), await log.Extent(0, Token));
        Assert.False(await Container().GetBlobClient(Segment(4)).ExistsAsync(Token));
        var fault = await Assert.ThrowsAsync<EventLogTrimmedException>(() => log.Blocks(0, new LogPosition(6), Token));
        Assert.Contains("7", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_BeyondWhatMayWait_IsRefused()
    {
        await using var log = Open(options => options.PendingBytes = 1_024 * 1_024);
        var batch = Events.Batch([Events.Noise(700_000, 1)]);

        var appends = Enumerable.Range(0, 3).Select(_ => log.Append(0, batch, Token).AsTask()).ToArray();

        var refused = await Assert.ThrowsAsync<EventLogBusyException>(() => Task.WhenAll(appends));
        Assert.Contains("PendingBytes", refused.Message, StringComparison.Ordinal);
        Assert.Equal(appends.Count(append => append.IsCompletedSuccessfully), (await log.Extent(0, Token)).Head.Value);
    }

    [Fact]
    public async Task Read_OfADamagedBlockInTheMiddle_GivesTheBlocksBeforeAndNamesThePlace()
    {
        await using var log = Open();
        await Write(log, "a", 3);
        var offset = await Damage(Segment(1), 0.5);
        await using var reader = Open();

        var read = new List<EventBlock>();
        var fault = await Assert.ThrowsAsync<EventLogDamagedException>(async () =>
        {
            await foreach (var block in reader.Read(0, LogPosition.Start.Next, Token))
            {
                read.Add(block);
            }
        });

        Assert.Equal(new LogPosition(1), Assert.Single(read).Last);
        Assert.Contains("position 2", fault.Message, StringComparison.Ordinal);
        Assert.Contains(Segment(1), fault.Message, StringComparison.Ordinal);
        Assert.InRange(offset, 1, long.MaxValue);
    }

    [Fact]
    public async Task Append_BehindADamagedBlock_IsRefused()
    {
        await using var log = Open();
        await Write(log, "a", 3);
        await Damage(Segment(1), 0.99);
        await using var other = Open();

        var fault = await Assert.ThrowsAsync<EventLogDamagedException>(async () => await other.Append(0, Events.Batch("b", 1), Token));

        Assert.Contains(Segment(1), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_WhenTheStorageHasLostAcceptedEvents_IsRefused()
    {
        await using var log = Open(options => options.RecentBytes = 0);
        await Write(log, "a", 3);
        await Replace(Segment(1), content => content[..(content.Length / 3)]);

        var fault = await Assert.ThrowsAsync<EventLogDamagedException>(async () => await log.Append(0, Events.Batch("b", 1), Token));

        Assert.Contains("lost accepted events", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_OfAClosedLog_AreRefused()
    {
        var log = Open();
        await log.Append(0, Events.Batch("a", 1), Token);

        await log.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await log.Append(0, Events.Batch("b", 1), Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await log.Extent(0, Token));
    }

    [Fact]
    public async Task Start_WithAnotherNumberOfPartitions_NamesBoth()
    {
        await using var log = Open();
        await log.Start(Token);
        await using var other = Open(options => options.Partitions = 7);

        var fault = await Assert.ThrowsAsync<EventLogMismatchException>(() => other.Start(Token));

        Assert.Equal($"The event log in container {_container} was created with 4 partitions and cannot be opened with 7; set Twin:AzureEventLog:Partitions to 4, or choose another container.", fault.Message);
    }

    [Fact]
    public async Task Start_InAContainerOfSomethingElse_IsRefused()
    {
        await Container().CreateAsync(cancellationToken: Token);
        await Container().GetBlobClient("log.json").UploadAsync(BinaryData.FromString("<html>"), Token);
        await using var log = Open();

        await Assert.ThrowsAsync<EventLogMismatchException>(() => log.Start(Token));
    }

    [Fact]
    public async Task Start_WithAWrongKey_SaysWhoRefuses()
    {
        var wrong = Convert.ToBase64String(Encoding.UTF8.GetBytes("not the key of this account"));
        await using var log = Open(options => options.ConnectionString = System.Text.RegularExpressions.Regex.Replace(azurite.ConnectionString, "AccountKey=[^;]+", $"AccountKey={wrong}"));

        var fault = await Assert.ThrowsAsync<EventLogException>(() => log.Start(Token));

        Assert.Contains("refuses these credentials", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(wrong, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhereNobodyListens_SaysThatItDoesNotAnswer()
    {
        await using var log = Open(options =>
        {
            options.ConnectionString = System.Text.RegularExpressions.Regex.Replace(azurite.ConnectionString, @"127\.0\.0\.1:\d+", "127.0.0.1:1");
            (options.Retries, options.RetryPause) = (1, 10);
        });

        var fault = await Assert.ThrowsAsync<EventLogUnavailableException>(() => log.Start(Token));

        Assert.Contains("http://127.0.0.1:1 does not answer", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AccountName=x;AccountKey=not base64;EndpointSuffix=core.windows.net")]
    public void Constructor_WithNoConnectionString_NamesTheSetting(string text)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => { NewLog.Open(text, _container); });

        Assert.Contains("Twin:AzureEventLog:ConnectionString", fault.Message, StringComparison.Ordinal);
    }

    private static string Segment(long first) => $"00000/{first:D19}";

    private static async Task<List<string>> Write(AzureEventLog log, string name, int batches)
    {
        var names = new List<string>();
        for (var batch = 0; batch < batches; batch++)
        {
            await log.Append(0, Events.Batch($"{name}{batch}", 1), Token);
            names.Add($"{name}{batch}/0");
        }

        return names;
    }

    private static async Task AssertOnce(IEnumerable<string> expected, AzureEventLog log)
    {
        var texts = await log.Texts(0, Token);
        Assert.Equal(expected.Order(StringComparer.Ordinal), texts.Order(StringComparer.Ordinal));
    }

    private AzureEventLog Open(Action<AzureEventLogOptions>? configure = null) => NewLog.Open(azurite.ConnectionString, _container, configure);

    private BlobContainerClient Container() => new(azurite.ConnectionString, _container);

    private async Task<long> Damage(string segment, double where)
    {
        var offset = 0;
        await Replace(segment, content =>
        {
            offset = (int)(content.Length * where);
            content[offset] ^= 0x55;
            return content;
        });
        return offset;
    }

    // An append blob cannot be changed, but it can be written anew.
    private async Task Replace(string segment, Func<byte[], byte[]> change)
    {
        var blob = Container().GetAppendBlobClient(segment);
        BlobDownloadResult found = await blob.DownloadContentAsync(Token);
        var content = change(found.Content.ToArray());
        await blob.CreateAsync(cancellationToken: Token);
        await blob.AppendBlockAsync(new MemoryStream(content), cancellationToken: Token);
    }
}
