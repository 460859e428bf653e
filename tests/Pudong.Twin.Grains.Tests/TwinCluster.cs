using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;
using Orleans.TestingHost;
using Pudong.Twin.Contract;
using Pudong.Twin.Contracts.Elements;
using Pudong.Twin.Contracts.Partitions;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Tests.Packages;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Grains.Partitions;
using Xunit;

namespace Pudong.Twin.Grains.Tests;

/// <summary>How the blocks of the log reach partitions.</summary>
public enum Delivery
{
    /// <summary>By the stream provider over the log.</summary>
    ByLog,

    /// <summary>As the test sends them, in any order and as often as it likes.</summary>
    ByTest,
}

/// <summary>Silos with partitions and elements on a log in memory, a store that outlives them, and a clock that the test may own.</summary>
public class TwinCluster : IAsyncLifetime
{
    private readonly short _silos;
    private readonly Delivery _delivery;
    private readonly Action<ISiloBuilder> _configure;
    private readonly Action<PartitionOptions> _options;
    private readonly Lock _taking = new();
    private int _taken = -1;
    private int _named;

    /// <summary>Describes a cluster; <see cref="InitializeAsync"/> starts it.</summary>
    /// <param name="silos">How many silos.</param>
    /// <param name="partitions">How many partitions.</param>
    /// <param name="delivery">How blocks reach partitions.</param>
    /// <param name="options">Changes the partitions' options.</param>
    /// <param name="time">The clock of the grains; null for the real one.</param>
    /// <param name="configure">Adds to a silo.</param>
    public TwinCluster(
        short silos = 1,
        int partitions = 16,
        Delivery delivery = Delivery.ByLog,
        Action<PartitionOptions>? options = null,
        FakeTimeProvider? time = null,
        Action<ISiloBuilder>? configure = null)
    {
        (_silos, _delivery, _options, Time, _configure) = (silos, delivery, options ?? (_ => { }), time, configure ?? (_ => { }));
        Log = new InMemoryEventLog(partitions);
        Package = new ModelPackage(WithHydrants(SmallPackage.Content(1)));
        Shelf.Put(Package);
    }

    /// <summary>The silos.</summary>
    public InProcessTestCluster Cluster { get; private set; } = null!;

    /// <summary>The log of events.</summary>
    public InMemoryEventLog Log { get; }

    /// <summary>The grain states.</summary>
    public TestStore Store { get; } = new();

    /// <summary>The packages.</summary>
    public TestShelf Shelf { get; } = new();

    /// <summary>What hydrants do.</summary>
    public HydrantScript Hydrants { get; } = new();

    /// <summary>The clock of the grains; null when it is the real one.</summary>
    public FakeTimeProvider? Time { get; }

    /// <summary>The package that all partitions begin with.</summary>
    public ModelPackage Package { get; }

    /// <summary>Reaches grains.</summary>
    public IGrainFactory Grains => Cluster.Client;

    /// <summary>Whether the logs begin with the activation of <see cref="Package"/>.</summary>
    protected virtual bool Activated => true;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The parts of a package, with hydrants added: a kind that has grains of its own.</summary>
    /// <param name="content">The parts.</param>
    public static PackageContent WithHydrants(PackageContent content) => content with
    {
        Kinds = [.. content.Kinds, new ElementKind("hydrant", content.Risk.Domains, ElementProperty.CommonAttributes, [])],
    };

    /// <inheritdoc/>
    public virtual async ValueTask InitializeAsync()
    {
        for (var partition = 0; partition < Log.Partitions && Activated; partition++)
        {
            await Append(partition, Activation(Package));
        }

        var builder = new InProcessTestClusterBuilder(_silos);
        builder.ConfigureSilo((_, silo) => Configure(silo));
        builder.ConfigureClient(client =>
        {
            client.Services.AddElementKind<IHydrantGrain>("hydrant");
            if (_delivery == Delivery.ByTest)
            {
                client.AddMemoryStreams("events");
            }
        });
        Cluster = builder.Build();
        await Cluster.DeployAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes a partition that no other test of the cluster uses.</summary>
    public int Take()
    {
        var partition = Interlocked.Increment(ref _taken);
        Assert.True(partition < Log.Partitions, $"The cluster has {Log.Partitions} partitions; give it more for this many tests.");
        return partition;
    }

    /// <summary>A new element of a partition.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="partition">Its partition.</param>
    public ElementId NewElement(string kind, int partition)
    {
        lock (_taking)
        {
            while (true)
            {
                var id = ElementId.Parse($"{kind}:t{_named++}");
                if (id.Partition(Log.Partitions) == partition)
                {
                    return id;
                }
            }
        }
    }

    /// <summary>New elements of a partition.</summary>
    /// <param name="kind">Their kind.</param>
    /// <param name="partition">Their partition.</param>
    /// <param name="count">How many.</param>
    public ImmutableArray<ElementId> NewElements(string kind, int partition, int count) => [.. Enumerable.Range(0, count).Select(_ => NewElement(kind, partition))];

    /// <summary>A partition.</summary>
    /// <param name="partition">Its number.</param>
    public IPartitionGrain Partition(int partition) => Grains.GetGrain<IPartitionGrain>(partition);

    /// <summary>The grain id of a partition, by which its states are stored.</summary>
    /// <param name="partition">Its number.</param>
    public GrainId GrainOf(int partition) => Partition(partition).GetGrainId();

    /// <summary>An element.</summary>
    /// <param name="id">Its id.</param>
    public IElementGrain Element(ElementId id) => Grains.GetElement(id);

    /// <summary>Appends events, each to the log of its subject's partition, and waits until all took effect.</summary>
    /// <param name="events">The events.</param>
    public async Task Send(params IEnumerable<TwinEvent> events)
    {
        foreach (var group in events.GroupBy(e => e.Subject.Partition(Log.Partitions)))
        {
            await Partition(group.Key).WaitFor(await Append(group.Key, [.. group]), Cancellation);
        }
    }

    /// <summary>Appends events to one partition as one block.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="events">The events, at least one.</param>
    /// <returns>The position of the last.</returns>
    public async Task<LogPosition> Append(int partition, params TwinEvent[] events)
    {
        var first = await Log.Append(partition, Encode(Package, events), Cancellation);
        return first + (events.Length - 1);
    }

    /// <summary>Encodes events.</summary>
    /// <param name="package">The package that their ordinals belong to.</param>
    /// <param name="events">The events, at least one.</param>
    public static EventBatch Encode(ModelPackage package, params IEnumerable<TwinEvent> events)
    {
        var writer = new EventBatch.Writer();
        foreach (var e in events)
        {
            writer.Begin();
            TwinEventCodec.Write(e, package, writer);
        }

        return writer.ToBatch();
    }

    /// <summary>The event that puts a package in force.</summary>
    /// <param name="package">The package.</param>
    public static TwinEvent Activation(ModelPackage package) => new(
        $"activate-{package.Version}", DerivedEvent.Source, "package-activated", ElementId.Parse("district:pudong"), 1_600_000_000_000,
        new ActivationData(package.Version, package.Content.Fingerprint));

    /// <summary>Ends the activation of a partition, as a stop of its silo would, and waits until it is gone.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="withSnapshot">Whether it may take its last snapshot; without, it is as if it had crashed.</param>
    public async Task Deactivate(int partition, bool withSnapshot)
    {
        if (!withSnapshot)
        {
            Store.Break(GrainOf(partition), "snapshot", new IOException("The test lets no snapshot be written."));
        }

        await Cluster.DeactivateAsync(Partition(partition));
        Store.Mend(GrainOf(partition));
    }

    /// <summary>Asserts that all partitions hold what an independent fold over their logs gives, once no effect is under way any more.</summary>
    public async Task AssertEqualsFold()
    {
        while (true)
        {
            await Settle();
            var fold = await ReferenceFold.Over(Log, Shelf, Cancellation);
            var hashes = await Task.WhenAll(Enumerable.Range(0, Log.Partitions).Select(partition => Partition(partition).Hash().AsTask()));
            // A deadline that passed meanwhile is one more event in the log: fold again, until both stand for the same positions.
            if (hashes.Select(hash => hash.Position).SequenceEqual(fold.Heads))
            {
                Assert.Equal(fold.Made, fold.Met);
                Assert.Equal(Enumerable.Range(0, Log.Partitions).Select(fold.Hash), hashes.Select(hash => hash.Hash));
                return;
            }
        }
    }

    /// <summary>Waits until all partitions have taken in their whole logs and appended all effects.</summary>
    public async Task Settle()
    {
        for (var moved = true; moved;)
        {
            moved = false;
            for (var partition = 0; partition < Log.Partitions; partition++)
            {
                var head = (await Log.Extent(partition, Cancellation)).Head;
                await Partition(partition).WaitFor(head, Cancellation);
                // A snapshot is complete only when the effects of all it holds stand in the logs.
                await Partition(partition).Snapshot(Cancellation);
            }

            for (var partition = 0; partition < Log.Partitions; partition++)
            {
                moved |= (await Log.Extent(partition, Cancellation)).Head > (await Partition(partition).Status()).Applied;
            }
        }
    }

    private void Configure(ISiloBuilder silo)
    {
        silo.Services.AddSingleton<IEventLog>(Log);
        silo.Services.AddSingleton<Grains.Packages.IPackageShelf>(Shelf);
        silo.Services.AddSingleton(Hydrants);
        silo.Services.AddKeyedSingleton<IGrainStorage>(PartitionParts.StorageName, (services, _) => new TestStorage(Store, services.GetRequiredService<Serializer>()));
        silo.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        silo.Services.AddElementKind<IHydrantGrain>("hydrant");
        if (Time is not null)
        {
            silo.Services.AddSingleton<TimeProvider>(Time);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        }

        // A killed silo is noticed after a second instead of half a minute.
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = TimeSpan.FromSeconds(1);
            membership.NumMissedProbesLimit = 1;
        });
        if (_delivery == Delivery.ByLog)
        {
            silo.AddTwinEvents("events", events => events.DeliveryPatience = TimeSpan.FromSeconds(3));
        }
        else
        {
            silo.AddMemoryStreams("events").AddMemoryGrainStorage("PubSubStore");
        }

        silo.AddTwinPartitions(options =>
        {
            options.CheckInterval = TimeSpan.FromMilliseconds(500);
            options.DeadlineInterval = TimeSpan.FromMilliseconds(200);
            options.RetryPause = TimeSpan.FromMilliseconds(20);
            options.OpeningPatience = TimeSpan.FromSeconds(25);
            _options(options);
        });
        _configure(silo);
    }
}
