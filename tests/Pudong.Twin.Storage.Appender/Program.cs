using Microsoft.Extensions.Logging.Abstractions;
using Pudong.Twin.Contract;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Storage.Sqlite;

// Appends to a log until it is killed, and says so line by line: `opened`, then `appended <partition> <first> <count> <name>` for each batch that was
// accepted, and `refused <sentence>` when the log cannot go on. Started by the fault tests: <file> <seed> <durability> <appenders>.
var (path, seed, appenders) = (args[0], int.Parse(args[1], null), int.Parse(args[3], null));
var options = new SqliteStorageOptions
{
    Path = path,
    Partitions = 4,
    Durability = Enum.Parse<SqliteDurability>(args[2]),
    // Small, so that kills also meet the carrying over into the file.
    CheckpointSize = 1 << 20,
};
using var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
using var store = new SqliteStore(options, NullLogger<SqliteStore>.Instance);
using var log = new SqliteEventLog(store, NullLogger<SqliteEventLog>.Instance);
output.WriteLine("opened");
await Task.WhenAll(Enumerable.Range(0, appenders).Select(appender => Task.Run(() => Append(appender))));

async Task Append(int appender)
{
    var random = new Random(seed + appender);
    try
    {
        for (var batch = 0; ; batch++)
        {
            var (partition, count, name) = (random.Next(4), random.Next(1, 200), $"s{seed}a{appender}b{batch}");
            var first = await log.Append(partition, Events.Batch(name, count));
            output.WriteLine($"appended {partition} {first} {count} {name}");
        }
    }
    catch (EventLogException fault)
    {
        output.WriteLine($"refused {fault.Message}");
    }
}
