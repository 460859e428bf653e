using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Storage;
using Pudong.Twin.Azurite.Tests.Hosting;
using Pudong.Twin.Contract;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Storage.Azure.Membership;
using Xunit;

namespace Pudong.Twin.Azurite.Tests.Clusters;

/// <summary>Silos that share nothing but Azure Storage.</summary>
public sealed class AzureClusterTests(AzuriteFixture azurite)
{
    private readonly string _name = AzuriteFixture.NewName("cluster");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silos_OverOneTable_FormAClusterAndDeclareAKilledOneDead()
    {
        using var silo = Silo();
        await silo.StartAsync(Token);
        using var peer = new Peer("silo", azurite.ConnectionString, _name, _name, $"{Ports.Free()}", $"{Ports.Free()}");
        var said = await peer.Line();
        Assert.True(said?.StartsWith("silo ", StringComparison.Ordinal), $"The peer said '{said}'.");
        var address = SiloAddress.FromParsableString(said![5..]);
        var oracle = silo.Services.GetRequiredService<ISiloStatusOracle>();
        var statuses = new Statuses(oracle, address);
        await statuses.Of(SiloStatus.Active);

        peer.Kill();

        await statuses.Of(SiloStatus.Dead);
        var row = (await silo.Services.GetRequiredService<IMembershipTable>().ReadRowAsync(address, Token)).TryGet(address);
        Assert.Equal(SiloStatus.Dead, row?.Item1.Status);
        await silo.StopAsync(Token);
    }

    [Fact]
    public async Task Client_OverTheSilosTable_FindsAGateway()
    {
        using var silo = Silo();
        await silo.StartAsync(Token);
        using var client = NewHost()
            .UseOrleansClient(builder => builder.Configure<ClusterOptions>(Name).UseTwinAzureTableClustering(Members)).Build();
        await client.StartAsync(Token);

        var hosts = await client.Services.GetRequiredService<IClusterClient>().GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true, Token);

        Assert.Equal(silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress, Assert.Single(hosts).Key);
        await client.StopAsync(Token);
        await silo.StopAsync(Token);
    }

    [Fact]
    public async Task Silo_WithEveryAzureStorage_UsesThem()
    {
        using var silo = Silo();
        await silo.StartAsync(Token);
        var (log, storage) = (silo.Services.GetRequiredService<IEventLog>(), silo.Services.GetRequiredKeyedService<IGrainStorage>("twin"));
        var (grain, held, read) = (GrainId.Create("thing", "a"), HeldState.Of("kept"), new HeldState());

        Assert.Equal(new LogPosition(1), await log.Append(3, Events.Batch("a", 2), Token));
        await storage.WriteStateAsync("state", grain, held, Token);
        await storage.ReadStateAsync("state", grain, read, Token);

        Assert.Equal("kept", read.State.Text);
        Assert.Equal(8, log.Partitions);
        await silo.StopAsync(Token);
    }

    [Fact]
    public async Task Silo_WithAnotherNumberOfPartitions_DoesNotStart()
    {
        await using var log = Logs.NewLog.Open(azurite.ConnectionString, _name, options => options.Partitions = 5);
        await log.Start(Token);
        using var silo = NewHost()
            .UseOrleans(builder => builder.UseLocalhostClustering(Ports.Free(), Ports.Free()).AddTwinAzureEventLog(options =>
                (options.ConnectionString, options.Container, options.Partitions) = (azurite.ConnectionString, _name, 8)))
            .Build();

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => silo.StartAsync(Token));

        Assert.Contains("created with 5 partitions", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Twin:AzureEventLog:RetryFor", "0", "RetryFor")]
    [InlineData("Twin:AzureEventLog:Container", "No Container", "Container")]
    [InlineData("Twin:AzureGrainStorage:RequestTimeout", "500", "RequestTimeout")]
    [InlineData("Twin:AzureClustering:Table", "1st", "Table")]
    public async Task Silo_WithASettingOutOfRange_NamesIt(string key, string value, string named)
    {
        var host = NewHost();
        host.Configuration[key] = value;
        using var silo = host.UseOrleans(builder => builder.UseTwinAzureTableClustering().AddTwinAzureEventLog().AddTwinAzureBlobGrainStorage("twin")).Build();

        var fault = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => silo.StartAsync(Token));

        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    private static HostApplicationBuilder NewHost()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        return builder;
    }

    private IHost Silo() => NewHost()
        .UseOrleans(builder => builder
            .Configure<ClusterOptions>(Name)
            .ConfigureEndpoints(System.Net.IPAddress.Loopback, Ports.Free(), Ports.Free())
            .UseTwinAzureTableClustering(Members)
            .AddTwinAzureEventLog(options => (options.ConnectionString, options.Container, options.Partitions) = (azurite.ConnectionString, _name, 8))
            .AddTwinAzureBlobGrainStorage("twin", options => (options.ConnectionString, options.Container) = (azurite.ConnectionString, $"{_name}-state"))
            .Configure<ClusterMembershipOptions>(options =>
            {
                (options.ProbeTimeout, options.NumMissedProbesLimit, options.NumVotesForDeathDeclaration) = (TimeSpan.FromSeconds(1), 2, 1);
                options.TableRefreshTimeout = TimeSpan.FromSeconds(2);
            }))
        .Build();

    private void Name(ClusterOptions options) => (options.ClusterId, options.ServiceId) = (_name, _name);

    private void Members(AzureTableClusteringOptions options) => (options.ConnectionString, options.Table) = (azurite.ConnectionString, _name);

    private sealed class Statuses : ISiloStatusListener
    {
        private readonly SiloAddress _watched;
        private readonly System.Collections.Concurrent.ConcurrentDictionary<SiloStatus, TaskCompletionSource> _seen = [];

        public Statuses(ISiloStatusOracle oracle, SiloAddress watched)
        {
            _watched = watched;
            oracle.SubscribeToSiloStatusEvents(this);
            See(oracle.GetApproximateSiloStatus(watched)).TrySetResult();
        }

        public Task Of(SiloStatus status) => See(status).Task.WaitAsync(TimeSpan.FromMinutes(1), Token);

        public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
        {
            if (updatedSilo.Equals(_watched))
            {
                See(status).TrySetResult();
            }
        }

        private TaskCompletionSource See(SiloStatus status) => _seen.GetOrAdd(status, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
