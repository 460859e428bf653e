using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Storage;
using Pudong.Twin.Contract;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Storage.Sqlite;
using Xunit;

namespace Pudong.Twin.Storage.Tests.Sqlite;

public sealed class SqliteStorageExtensionsTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AddTwinSqliteStorage_OnAHost_GivesLogAndGrainStorageOfOneFile()
    {
        using var host = Host(silo => silo.AddTwinSqliteStorage("twin"), ("Twin:Sqlite:Path", _folder.NewFile()), ("Twin:Sqlite:Partitions", "3"));
        var (log, storage) = (host.Services.GetRequiredService<IEventLog>(), host.Services.GetRequiredKeyedService<IGrainStorage>("twin"));
        var (grain, held, read) = (GrainId.Create("thing", "a"), HeldState.Of("a"), new HeldState());

        await log.Append(2, Events.Batch("a", 1), Token);
        await storage.WriteStateAsync("state", grain, held, Token);
        await storage.ReadStateAsync("state", grain, read, Token);

        Assert.Equal(3, log.Partitions);
        Assert.Equal("a", read.State.Text);
    }

    [Fact]
    public void AddTwinSqliteEventLog_BesideAnotherGrainStorage_LeavesThatOneAlone()
    {
        using var host = Host(silo => silo.AddTwinSqliteEventLog().Services.AddKeyedSingleton<IGrainStorage>("twin", new OtherStorage()), ("Twin:Sqlite:Path", _folder.NewFile()));

        Assert.IsType<OtherStorage>(host.Services.GetRequiredKeyedService<IGrainStorage>("twin"));
        Assert.IsType<SqliteEventLog>(host.Services.GetRequiredService<IEventLog>());
    }

    [Fact]
    public async Task Start_WithAnOptionOutOfRange_NamesItAndItsRange()
    {
        using var host = Host(silo => silo.AddTwinSqliteStorage("twin"), ("Twin:Sqlite:Partitions", "0"));

        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Contains("Partitions must be between 1 and 4096", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAFileThatIsNotAStore_StopsWithOneSentence()
    {
        var path = _folder.NewFile();
        await File.WriteAllTextAsync(path, new string('x', 5_000), Token);
        using var host = Host(silo => silo.AddTwinSqliteStorage("twin"), ("Twin:Sqlite:Path", path));

        var fault = await Assert.ThrowsAsync<EventLogMismatchException>(() => host.StartAsync(Token));

        Assert.Contains("is no SQLite file", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>A host with what a silo's builder adds, but without a silo, which would need ports.</summary>
    private static IHost Host(Action<ISiloBuilder> configure, params (string Key, string Value)[] settings)
    {
        var builder = new HostApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Logging.ClearProviders();
        builder.Services.AddSerializer(serializer => serializer.AddAssembly(typeof(StoredThing).Assembly));
        configure(new Builder(builder.Services, builder.Configuration));
        return builder.Build();
    }

    private sealed class OtherStorage : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;
    }

    private sealed record Builder(IServiceCollection Services, IConfiguration Configuration) : ISiloBuilder;
}
