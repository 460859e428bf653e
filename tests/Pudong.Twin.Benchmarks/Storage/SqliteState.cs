using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Serialization;
using Pudong.Twin.Contract;
using Pudong.Twin.Storage.Sqlite;
using Pudong.Twin.Storage.States;

namespace Pudong.Twin.Benchmarks.Storage;

/// <summary>How fast a state of 64 MiB is written and read.</summary>
internal sealed class SqliteState : IBenchmark
{
    private const int Size = 64;
    private const string PlainWrite = "plain file: write and one fsync";
    private const string PlainRead = "plain file: read";

    public string Name => "sqlite-state";

    public string Question => "a grain state of 64 MiB, survives power loss, counted before compression; wanted: 150 MB/s written and read";

    public async Task Run(Session session, CancellationToken cancellationToken)
    {
        using var file = new SqliteFile(session, SqliteDurability.PowerLoss);
        await using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var codec = new StateCodec(services.GetRequiredService<Serializer>(), new GrainStateOptions());
        using var storage = new SqliteGrainStorage(file.Store, codec, NullLogger<SqliteGrainStorage>.Instance);
        var (rows, noise) = (StoredState.Rows(Size), StoredState.Noise(Size));

        await session.Compare(
            [PlainWrite, PlainRead],
            [
                _ => Task.FromResult(Plain(session)),
                stop => WriteAndRead("SQLite, rows of elements", storage, rows, stop),
                stop => WriteAndRead("SQLite, incompressible", storage, noise, stop),
            ],
            cancellationToken);
    }

    private static Figure[] Plain(Session session)
    {
        var (write, read) = PlainFile.WriteAndRead(session, (long)Size << 20);
        return [Written(PlainWrite, write), Read(PlainRead, read)];
    }

    private static async Task<Figure[]> WriteAndRead(string name, SqliteGrainStorage storage, HeldState state, CancellationToken cancellationToken)
    {
        var id = GrainId.Create("benchmark", name.Replace(' ', '-'));
        var clock = Stopwatch.StartNew();
        await storage.WriteStateAsync("snapshot", id, state, cancellationToken);
        var write = clock.Elapsed.TotalSeconds;

        var found = new HeldState();
        clock.Restart();
        await storage.ReadStateAsync("snapshot", id, found, cancellationToken);
        var read = clock.Elapsed.TotalSeconds;

        return found.State.Pieces.Count == Size
            ? [Written($"{name}: write", write), Read($"{name}: read", read)]
            : throw new InvalidOperationException($"Read {found.State.Pieces.Count} MiB where {Size} were written; the measurement is void.");
    }

    private static Figure Written(string name, double seconds) => new(name, (Size << 20) / 1e6 / seconds, "MB/s out");

    private static Figure Read(string name, double seconds) => new(name, (Size << 20) / 1e6 / seconds, "MB/s in");
}
