using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pudong.Twin.Silo;

try
{
    if (CommandLine.AsksForHelp(args))
    {
        Console.WriteLine(CommandLine.Help);
        return 0;
    }

    var builder = Host.CreateApplicationBuilder();
    builder.Configuration.AddTwinCommandLine(args);
    builder.Logging.AddTwinConsole();
    // A city of 1.6 million elements takes half a minute to fall asleep and write its snapshots.
    builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMinutes(2));

    var options = builder.AddSiloOptions();
    builder.Services.AddHostedService<PortCheck>();
    builder.UseOrleans(silo => silo
        .UseTwinMembership(options)     // this process alone, or the silos that share an Azure table
        .AddTwinStorage(options)        // event log and grain storage: one SQLite file, or Azure blobs
        .AddTwinEvents()                // the event log as a stream for each partition
        .AddTwinPackages()              // the catalogue of model packages
        .AddTwinPartitions()            // partitions and elements
        .AddTwinIngest());              // events from outside
    builder.Services.AddHostedService<Opening>();

    await builder.Build().RunAsync();
    return 0;
}
catch (Exception fault) when (Complaint.Of(fault) is { } sentence)
{
    Console.Error.WriteLine(sentence);
    return 1;
}
