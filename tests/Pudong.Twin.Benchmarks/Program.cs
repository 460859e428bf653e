using Pudong.Twin.Benchmarks;
using Pudong.Twin.Benchmarks.Domain;
using Pudong.Twin.Benchmarks.Scans;
using Pudong.Twin.Benchmarks.Storage;
using Pudong.Twin.Grains.Events;

// Add a benchmark: write its class into the folder of its subject, and its line here.
IBenchmark[] benchmarks =
[
    new ScanQueries(),
    new TableWrites(),
    new RowFilters(),
    new SqliteAppend(),
    new SqliteRead(),
    new SqliteState(),
    new AzuriteAppend(),
    new StreamDelivery(),
    new StreamIdle(),
    new FoldReadings(),
    new FoldMixed(),
    new ElementMemory(),
    new EventForms(),
];

if (!CommandLine.TryParse(args, Console.Error, out var commandLine))
{
    return 1;
}

var chosen = benchmarks.Where(benchmark => commandLine.Names.Contains(benchmark.Name)).ToArray();
if (chosen.Length == 0 || chosen.Length < commandLine.Names.Count)
{
    CommandLine.PrintUsage(Console.Error, benchmarks);
    return 1;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};

Machine.Print(Console.Out);
try
{
    foreach (var benchmark in chosen)
    {
        Console.WriteLine($"{Environment.NewLine}{benchmark.Name}: {benchmark.Question}");
        await benchmark.Run(new Session(Console.Out, commandLine.Rounds, commandLine.Duration, commandLine.Folder), stop.Token);
    }
}
catch (EventLogException fault)
{
    Console.Error.WriteLine(fault.Message);
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}

return 0;
