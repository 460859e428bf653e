using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Storage;
using Pudong.Twin.Contract;
using Pudong.Twin.Storage.Sqlite;
using Pudong.Twin.Storage.States;
using Xunit;

namespace Pudong.Twin.Storage.Tests.Sqlite;

public sealed class SqliteGrainStorageTests : GrainStorageContract, IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly Dictionary<IGrainStorage, SqliteEventLog> _logs = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Write_ThatLosesTheRace_LeavesNoChunksBehind()
    {
        var (storage, grain, held) = (await Open(), AnyGrain(), Large("a", 1));
        await storage.WriteStateAsync("state", grain, held, Token);
        var chunks = Count(storage, "grain_chunk");

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("state", grain, Large("b", 2), Token));

        Assert.Equal(chunks, Count(storage, "grain_chunk"));
        Assert.Equal(0, Count(storage, "grain_staged"));
    }

    [Fact]
    public async Task Write_OfLargeStates_KeepsTwoGenerations()
    {
        var (storage, grain, held) = (await Open(), AnyGrain(), Large("a", 1));

        for (var write = 1; write <= 4; write++)
        {
            await storage.WriteStateAsync("state", grain, held, Token);
            Assert.Equal(Math.Min(write, 2), Count(storage, "grain_generation"));
        }

        await storage.ClearStateAsync("state", grain, held, Token);
        Assert.Equal(0, Count(storage, "grain_generation"));
        Assert.Equal(0, Count(storage, "grain_chunk"));
    }

    [Fact]
    public async Task Write_OverADamagedNewest_KeepsTheGoodOneBefore()
    {
        var (storage, grain, held) = (await Open(), AnyGrain(), Large("good", 1));
        await storage.WriteStateAsync("state", grain, held, Token);
        held.State.Text = "damaged";
        await storage.WriteStateAsync("state", grain, held, Token);
        await Damage(storage, "state", grain, 0);
        held = await Read(storage, grain);

        held.State.Text = "newest";
        await storage.WriteStateAsync("state", grain, held, Token);
        await Damage(storage, "state", grain, 0);

        Assert.Equal("good", (await Read(storage, grain)).State.Text);
    }

    [Fact]
    public async Task Write_ThroughTwoStoragesOfOneFile_KeepsBoth()
    {
        var (storage, grain) = (await Open(), AnyGrain());
        var other = new SqliteGrainStorage(_folder.StoreOf(_logs[storage]), new StateCodec(Serializer, new GrainStateOptions()), NullLogger<SqliteGrainStorage>.Instance);

        await storage.WriteStateAsync("a", grain, HeldState.Of("a"), Token);
        await other.WriteStateAsync("b", grain, HeldState.Of("b"), Token);

        Assert.Equal("a", (await Read(storage, grain, "a")).State.Text);
        Assert.Equal("b", (await Read(other, grain, "b")).State.Text);
    }

    [Fact]
    public async Task Open_AfterACrashInTheMiddleOfAWrite_SweepsWhatItLeft()
    {
        var storage = await Open();
        using (var session = Session(storage))
        {
            StateTables.Stage(session, 77);
            StateTables.PutChunk(session, 77, 0, [1, 2, 3]);
        }

        storage = await Reopen(storage);

        Assert.Equal(0, Count(storage, "grain_chunk"));
        Assert.Equal(0, Count(storage, "grain_staged"));
    }

    protected override Task<IGrainStorage> Open() => Task.FromResult<IGrainStorage>(Open(_folder.NewFile()));

    protected override Task<IGrainStorage> Reopen(IGrainStorage storage)
    {
        var path = _folder.StoreOf(_logs[storage]).Path;
        _folder.Close(_logs[storage]);
        return Task.FromResult<IGrainStorage>(Open(path));
    }

    protected override Task Damage(IGrainStorage storage, string stateName, GrainId grainId, int generationsBack)
    {
        using var session = Session(storage);
        var record = StateTables.Find(session, new StateKey(stateName, grainId))!.Value;
        var generation = generationsBack == 0 ? record.Generation : record.Previous;
        session.Run($"UPDATE grain_chunk SET bytes = zeroblob(length(bytes)) WHERE id = ({generation} << 20) + 1");
        return Task.CompletedTask;
    }

    private SqliteGrainStorage Open(string path)
    {
        var log = _folder.Open(new SqliteStorageOptions { Path = path, Durability = SqliteDurability.ProcessCrash });
        var storage = new SqliteGrainStorage(
            _folder.StoreOf(log), new StateCodec(Serializer, new GrainStateOptions()), NullLogger<SqliteGrainStorage>.Instance);
        _logs.Add(storage, log);
        return storage;
    }

    private SqliteSession Session(IGrainStorage storage) => new(_folder.StoreOf(_logs[storage]).Path, create: false);

    private long Count(IGrainStorage storage, string table)
    {
        using var session = Session(storage);
        return session.Number($"SELECT count(*) FROM {table}");
    }
}
