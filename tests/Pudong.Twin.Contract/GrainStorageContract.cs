using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Storage;
using Xunit;

namespace Pudong.Twin.Contract;

/// <summary>What every grain storage promises; each adapter's tests inherit it.</summary>
public abstract class GrainStorageContract
{
    private const string Name = "state";

    /// <summary>What a test run passes to every call, so that a stopped run ends at once.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Orleans' serialiser, which knows <see cref="StoredThing"/>.</summary>
    protected static Serializer Serializer { get; } = new ServiceCollection()
        .AddSerializer(builder => builder.AddAssembly(typeof(StoredThing).Assembly))
        .BuildServiceProvider()
        .GetRequiredService<Serializer>();

    /// <summary>Opens a storage; tests use ids of their own, so it may hold records of other tests.</summary>
    protected abstract Task<IGrainStorage> Open();

    /// <summary>Closes a storage and opens what it stored again, as a process does that starts anew.</summary>
    /// <param name="storage">A storage of this test, not used afterwards.</param>
    protected abstract Task<IGrainStorage> Reopen(IGrainStorage storage);

    /// <summary>Changes bytes in a chunk of a record's newest generation behind the storage's back, or its manifest.</summary>
    /// <param name="storage">A storage of this test.</param>
    /// <param name="stateName">The record's state name.</param>
    /// <param name="grainId">The record's grain.</param>
    /// <param name="generationsBack">0 for the newest generation, 1 for the one before.</param>
    protected abstract Task Damage(IGrainStorage storage, string stateName, GrainId grainId, int generationsBack);

    /// <summary>Bytes of a state so large that the adapter cuts it into several chunks.</summary>
    protected virtual int LargeState => 3_000_000;

    [Fact]
    public async Task Read_OfNothing_GivesANewState()
    {
        var storage = await Open();
        var held = HeldState.Of("old");
        (held.ETag, held.RecordExists) = ("7", true);

        await storage.ReadStateAsync(Name, AnyGrain(), held, Token);

        Assert.Null(held.State.Text);
        Assert.Null(held.ETag);
        Assert.False(held.RecordExists);
    }

    [Fact]
    public async Task Write_OfANewRecord_CanBeRead()
    {
        var (storage, grain, held) = (await Open(), AnyGrain(), HeldState.Of("a"));

        await storage.WriteStateAsync(Name, grain, held, Token);

        Assert.NotNull(held.ETag);
        Assert.True(held.RecordExists);
        var read = await Read(storage, grain);
        Assert.Equal(("a", held.ETag, true), (read.State.Text, read.ETag, read.RecordExists));
    }

    [Fact]
    public async Task Calls_WithoutAToken_DoTheSame()
    {
        var (storage, grain, held, read) = (await Open(), AnyGrain(), HeldState.Of("a"), new HeldState());

        await storage.WriteStateAsync(Name, grain, held);
        await storage.ReadStateAsync(Name, grain, read);
        Assert.Equal("a", read.State.Text);

        await storage.ClearStateAsync(Name, grain, held);
        Assert.False((await Read(storage, grain)).RecordExists);
    }

    [Fact]
    public async Task Write_OfTheSameContent_ChangesTheETag()
    {
        var (storage, grain, held) = (await Open(), AnyGrain(), HeldState.Of("a"));
        var etags = new HashSet<string?>();

        for (var write = 0; write < 5; write++)
        {
            await storage.WriteStateAsync(Name, grain, held, Token);
            Assert.True(etags.Add(held.ETag), $"ETag {held.ETag} came twice.");
        }
    }

    [Fact]
    public async Task Write_WithoutETagOverARecord_IsRefused()
    {
        var (storage, grain, held) = (await Open(), AnyGrain(), HeldState.Of("a"));
        await storage.WriteStateAsync(Name, grain, held, Token);
        var other = HeldState.Of("b");

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync(Name, grain, other, Token));

        await AssertRecord(storage, grain, held, "a");
    }

    [Fact]
    public async Task WriteOrClear_WithAStaleETag_IsRefused()
    {
        var (storage, grain, held) = (await Open(), AnyGrain(), HeldState.Of("a"));
        await storage.WriteStateAsync(Name, grain, held, Token);
        var stale = held.With("stale");
        held.State.Text = "b";
        await storage.WriteStateAsync(Name, grain, held, Token);

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync(Name, grain, stale, Token));
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync(Name, grain, stale, Token));

        Assert.Equal("stale", stale.State.Text);
        await AssertRecord(storage, grain, held, "b");
    }

    [Fact]
    public async Task Write_WithTheETagOfAClearedRecord_IsRefused()
    {
        var (storage, grain, held) = (await Open(), AnyGrain(), HeldState.Of("a"));
        await storage.WriteStateAsync(Name, grain, held, Token);
        var stale = held.With("stale");
        await storage.ClearStateAsync(Name, grain, held, Token);

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync(Name, grain, stale, Token));

        Assert.False((await Read(storage, grain)).RecordExists);
    }

    [Fact]
    public async Task Clear_OfARecord_RenewsTheState()
    {
        var (storage, grain, held) = (await Open(), AnyGrain(), HeldState.Of("a"));
        await storage.WriteStateAsync(Name, grain, held, Token);

        await storage.ClearStateAsync(Name, grain, held, Token);

        Assert.Null(held.State.Text);
        Assert.False(held.RecordExists);
        Assert.False((await Read(storage, grain)).RecordExists);
    }

    [Fact]
    public async Task Clear_AgainAndOfNothing_IsFine()
    {
        var (storage, grain, held) = (await Open(), AnyGrain(), HeldState.Of("a"));
        await storage.ClearStateAsync(Name, grain, held, Token);
        await storage.WriteStateAsync(Name, grain, held, Token);

        await storage.ClearStateAsync(Name, grain, held, Token);
        await storage.ClearStateAsync(Name, grain, held, Token);

        Assert.False((await Read(storage, grain)).RecordExists);
    }

    [Fact]
    public async Task Write_AfterAClear_GetsAnETagThatNeverWas()
    {
        var (storage, grain, held) = (await Open(), AnyGrain(), HeldState.Of("a"));
        await storage.WriteStateAsync(Name, grain, held, Token);
        var first = held.ETag;
        await storage.ClearStateAsync(Name, grain, held, Token);

        held.State.Text = "b";
        await storage.WriteStateAsync(Name, grain, held, Token);

        Assert.NotEqual(first, held.ETag);
        await AssertRecord(storage, grain, held, "b");
    }

    [Fact]
    public async Task StateNames_OfOneGrain_AreSeparateRecords()
    {
        var (storage, grain) = (await Open(), AnyGrain());
        var names = new[] { "a", "A", "a b", "a/b", "状态", "snapshot/7/chunk/1" };

        foreach (var name in names)
        {
            await storage.WriteStateAsync(name, grain, HeldState.Of(name), Token);
        }

        foreach (var name in names)
        {
            Assert.Equal(name, (await Read(storage, grain, name)).State.Text);
        }
    }

    [Fact]
    public async Task GrainIds_OfAnyUnicode_AreSeparateRecords()
    {
        var storage = await Open();
        var run = Guid.NewGuid().ToString("N");
        string[] keys = ["浦东", "Ω", "ω", "e\u0301", "\u00e9", "🏙️", "a/b", "a\\b", "a?b#c", "a b", "..", "%2F", "'", "\"", "a'; DROP TABLE x;--", new string('长', 150)];

        foreach (var key in keys)
        {
            await storage.WriteStateAsync(Name, GrainId.Create("thing", run + key), HeldState.Of(key), Token);
        }

        foreach (var key in keys)
        {
            Assert.Equal(key, (await Read(storage, GrainId.Create("thing", run + key))).State.Text);
        }
    }

    [Fact]
    public async Task GrainTypes_WithTheSameKey_AreSeparateRecords()
    {
        var (storage, key) = (await Open(), Guid.NewGuid().ToString("N"));
        await storage.WriteStateAsync(Name, GrainId.Create("sensor", key), HeldState.Of("sensor"), Token);

        Assert.False((await Read(storage, GrainId.Create("building", key))).RecordExists);
    }

    [Fact]
    public async Task Write_OfALargeState_CanBeRead()
    {
        var (storage, grain, held) = (await Open(), AnyGrain(), Large("a", 1));

        await storage.WriteStateAsync(Name, grain, held, Token);
        storage = await Reopen(storage);

        var read = await Read(storage, grain);
        Assert.Equal(held.ETag, read.ETag);
        AssertPieces(held, read);
    }

    [Fact]
    public async Task Write_OfALargeAndThenASmallState_KeepsTheSmall()
    {
        var (storage, grain, held) = (await Open(), AnyGrain(), Large("a", 2));
        await storage.WriteStateAsync(Name, grain, held, Token);

        held.State = new StoredThing { Text = "small" };
        await storage.WriteStateAsync(Name, grain, held, Token);

        var read = await Read(storage, grain);
        Assert.Equal("small", read.State.Text);
        Assert.Empty(read.State.Pieces);
    }

    [Fact]
    public async Task Reopen_AfterWrites_FindsThem()
    {
        var (storage, grain, held) = (await Open(), AnyGrain(), HeldState.Of("a"));
        await storage.WriteStateAsync(Name, grain, held, Token);

        storage = await Reopen(storage);

        await AssertRecord(storage, grain, held, "a");
        held.State.Text = "b";
        await storage.WriteStateAsync(Name, grain, held, Token);
        await AssertRecord(storage, grain, held, "b");
    }

    [Fact]
    public async Task Write_ByManyAtOnce_LetsOneWin()
    {
        var (storage, grain, held) = (await Open(), AnyGrain(), HeldState.Of("a"));
        await storage.WriteStateAsync(Name, grain, held, Token);
        var rivals = Enumerable.Range(0, 12).Select(index => held.With($"rival {index}")).ToArray();

        var outcomes = await Task.WhenAll(rivals.Select(rival => Task.Run(() => TryWrite(storage, grain, rival))));

        var winner = rivals[Array.IndexOf(outcomes, true)];
        Assert.Single(outcomes, true);
        await AssertRecord(storage, grain, winner, winner.State.Text!);
    }

    [Fact]
    public async Task Write_OfManyRecordsAtOnce_KeepsEach()
    {
        var storage = await Open();
        var grains = Enumerable.Range(0, 60).Select(_ => AnyGrain()).ToArray();

        await Task.WhenAll(grains.Select(grain => Task.Run(() => storage.WriteStateAsync(Name, grain, HeldState.Of(grain.ToString()), Token))));

        foreach (var grain in grains)
        {
            Assert.Equal(grain.ToString(), (await Read(storage, grain)).State.Text);
        }
    }

    [Fact]
    public async Task Read_OfADamagedNewest_FallsBackToTheOneBefore()
    {
        var (storage, grain, held) = (await Open(), AnyGrain(), Large("older", 3));
        await storage.WriteStateAsync(Name, grain, held, Token);
        held.State = Large("newer", 4).State;
        await storage.WriteStateAsync(Name, grain, held, Token);

        await Damage(storage, Name, grain, 0);
        storage = await Reopen(storage);

        var read = await Read(storage, grain);
        Assert.Equal("older", read.State.Text);
        AssertPieces(Large("older", 3), read);
        Assert.True(read.RecordExists);
    }

    [Fact]
    public async Task Write_AfterFallingBack_GoesOnWithTheETagThatWasRead()
    {
        var (storage, grain, held) = (await Open(), AnyGrain(), Large("older", 5));
        await storage.WriteStateAsync(Name, grain, held, Token);
        held.State = Large("newer", 6).State;
        await storage.WriteStateAsync(Name, grain, held, Token);
        await Damage(storage, Name, grain, 0);

        var read = await Read(storage, grain);
        var rival = read.With("rival");
        read.State.Text = "repaired";
        await storage.WriteStateAsync(Name, grain, read, Token);

        Assert.Equal("repaired", (await Read(storage, grain)).State.Text);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync(Name, grain, rival, Token));
    }

    [Fact]
    public async Task Read_WithEveryGenerationDamaged_NamesTheRecord()
    {
        var (storage, grain, held) = (await Open(), AnyGrain(), Large("older", 7));
        await storage.WriteStateAsync(Name, grain, held, Token);
        await storage.WriteStateAsync(Name, grain, held, Token);
        await Damage(storage, Name, grain, 0);
        await Damage(storage, Name, grain, 1);

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => Read(storage, grain));

        Assert.Contains(grain.ToString(), fault.Message, StringComparison.Ordinal);
    }

    /// <summary>A grain id that no other test uses.</summary>
    protected static GrainId AnyGrain() => GrainId.Create("thing", Guid.NewGuid().ToString("N"));

    /// <summary>A state of <see cref="LargeState"/> bytes that do not compress.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="seed">Makes it differ from others.</param>
    protected HeldState Large(string text, int seed)
    {
        var held = HeldState.Of(text);
        held.State.Pieces = [.. Enumerable.Range(0, 10).Select(piece => Events.Noise(LargeState / 10, (seed * 100) + piece))];
        return held;
    }

    /// <summary>Reads a record as a grain does that has just woken.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="grain">The record's grain.</param>
    /// <param name="name">The record's state name.</param>
    protected static async Task<HeldState> Read(IGrainStorage storage, GrainId grain, string name = Name)
    {
        var held = new HeldState();
        await storage.ReadStateAsync(name, grain, held, Token);
        return held;
    }

    private static void AssertPieces(HeldState expected, HeldState actual)
    {
        Assert.Equal(expected.State.Pieces.Count, actual.State.Pieces.Count);
        Assert.All(expected.State.Pieces.Zip(actual.State.Pieces), pair => Assert.True(pair.First.AsSpan().SequenceEqual(pair.Second)));
    }

    private static async Task AssertRecord(IGrainStorage storage, GrainId grain, HeldState held, string text)
    {
        var read = await Read(storage, grain);
        Assert.Equal((text, held.ETag), (read.State.Text, read.ETag));
    }

    private static async Task<bool> TryWrite(IGrainStorage storage, GrainId grain, HeldState held)
    {
        try
        {
            await storage.WriteStateAsync(Name, grain, held, Token);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }
}
