using System.Diagnostics;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Logging.Abstractions;
using Pudong.Twin.Storage.Azure.Logs;

namespace Pudong.Twin.Benchmarks.Storage;

/// <summary>How many events a second Azurite accepts in append blobs, and what became of them as single rows or messages.</summary>
internal sealed class AzuriteAppend : IBenchmark
{
    private const string Yardstick = "table: a row per event";
    private const string Variable = "TWIN_AZURITE_CONNECTION";

    private readonly string _connection = Environment.GetEnvironmentVariable(Variable) ?? "UseDevelopmentStorage=true";

    public string Name => "azurite-append";

    public string Question => $"append blobs beside table rows and queue messages, 8 writers; needs a running Azurite (deploy/azurite/start, or {Variable}); wanted: 100,000 events/s";

    public Task Run(Session session, CancellationToken cancellationToken) => session.Compare(
        [Yardstick],
        [
            stop => Append(session, stop),
            stop => Rows(session, stop),
            stop => Messages(session, stop),
        ],
        cancellationToken);

    private async Task<Figure[]> Append(Session session, CancellationToken cancellationToken)
    {
        var options = new AzureEventLogOptions { ConnectionString = _connection, Container = NewName(), Partitions = Load.Partitions };
        await using var log = new AzureEventLog(options, TimeProvider.System, NullLogger<AzureEventLog>.Instance);
        await log.Start(cancellationToken);
        try
        {
            var clock = Stopwatch.StartNew();
            var events = await Load.Append(log, session.Duration, cancellationToken);
            return [new("append blobs: batches of 1,000 events", events / clock.Elapsed.TotalSeconds, "events/s")];
        }
        finally
        {
            await new BlobServiceClient(_connection).DeleteBlobContainerAsync(options.Container, cancellationToken: CancellationToken.None);
        }
    }

    private async Task<Figure[]> Rows(Session session, CancellationToken cancellationToken)
    {
        var table = new TableClient(_connection, NewName());
        await table.CreateAsync(cancellationToken);
        try
        {
            return [await OneByOne(Yardstick, session, (writer, row) => table.UpsertEntityAsync(
                new TableEntity($"partition-{writer}", $"{row:D19}") { ["Event"] = Load.Event }, TableUpdateMode.Replace, CancellationToken.None), cancellationToken)];
        }
        finally
        {
            await table.DeleteAsync(CancellationToken.None);
        }
    }

    private async Task<Figure[]> Messages(Session session, CancellationToken cancellationToken)
    {
        var queue = new QueueClient(_connection, NewName());
        await queue.CreateAsync(cancellationToken: cancellationToken);
        try
        {
            return [await OneByOne("queue: a message per event", session, (_, _) => queue.SendMessageAsync(
                BinaryData.FromString(Convert.ToBase64String(Load.Event)), cancellationToken: CancellationToken.None), cancellationToken)];
        }
        finally
        {
            await queue.DeleteAsync(CancellationToken.None);
        }
    }

    private static async Task<Figure> OneByOne(string name, Session session, Func<int, long, Task> write, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Load.Appenders).Select(writer => Task.Run(
            async () =>
            {
                var rows = 0L;
                while (clock.Elapsed < session.Duration && !cancellationToken.IsCancellationRequested)
                {
                    await write(writer, rows++);
                }

                return rows;
            },
            cancellationToken)));
        return new(name, counts.Sum() / clock.Elapsed.TotalSeconds, "events/s");
    }

    private static string NewName() => $"benchmark{Guid.NewGuid():N}";
}
