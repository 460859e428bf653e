using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using Pudong.Twin.Contract;
using Pudong.Twin.Storage.Azure.Logs;

// A process beside the tests' own, which the tests kill. It works until then and says what it does line by line. Started as one of
//   append <connection string> <container> <partitions> <name> <seed>   says `appended <partition> <first> <count> <name>` for each batch that was accepted
//   silo <connection string> <table> <cluster> <silo port> <gateway port>   says `silo <address>` once it is a member
using var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
await (args switch
{
    ["append", var connection, var container, var partitions, var name, var seed] => Append(connection, container, int.Parse(partitions, null), name, int.Parse(seed, null)),
    ["silo", var connection, var table, var cluster, var port, var gateway] => Silo(connection, table, cluster, int.Parse(port, null), int.Parse(gateway, null)),
    _ => throw new ArgumentException($"'{string.Join(' ', args)}' is neither append nor silo with what they need."),
});

async Task Append(string connection, string container, int partitions, string name, int seed)
{
    var options = new AzureEventLogOptions { ConnectionString = connection, Container = container, Partitions = partitions, SegmentBlocks = 40 };
    await using var log = new AzureEventLog(options, TimeProvider.System, NullLogger<AzureEventLog>.Instance);
    await Task.WhenAll(Enumerable.Range(0, 4).Select(appender => Task.Run(async () =>
    {
        var random = new Random(seed + appender);
        for (var batch = 0; ; batch++)
        {
            var (partition, count, batchName) = (random.Next(partitions), random.Next(1, 50), $"{name}a{appender}b{batch}");
            var first = await log.Append(partition, Events.Batch(batchName, count));
            output.WriteLine($"appended {partition} {first} {count} {batchName}");
        }
    })));
}

async Task Silo(string connection, string table, string cluster, int port, int gateway)
{
    var builder = Host.CreateApplicationBuilder();
    builder.Logging.ClearProviders();
    using var host = builder.UseOrleans(silo => silo
        .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster, cluster))
        .ConfigureEndpoints(IPAddress.Loopback, port, gateway)
        .UseTwinAzureTableClustering(options => (options.ConnectionString, options.Table) = (connection, table))).Build();
    await host.StartAsync();
    output.WriteLine($"silo {host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString()}");
    await host.WaitForShutdownAsync();
}
