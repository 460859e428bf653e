using System.Collections.Immutable;
using System.Globalization;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Tests.Elements;
using Pudong.Twin.Domain.Tests.Packages;
using Pudong.Twin.Grains.Events;
using Xunit;

namespace Pudong.Twin.Grains.Tests.Partitions;

/// <summary>One silo whose streams bring what the tests send: blocks twice, in the wrong order, overlapping, or not at all.</summary>
public sealed class ScriptedCluster() : TwinCluster(partitions: 4, delivery: Delivery.ByTest)
{
    /// <summary>Sends a block to a partition, whatever its place in the log.</summary>
    /// <param name="block">The block.</param>
    public Task Deliver(EventBlock block) =>
        Cluster.Client.GetStreamProvider("events").GetStream<EventBlock>(StreamId.Create("events", block.Partition)).OnNextAsync(block);
}

/// <summary>Whatever the stream does, and whenever a partition stops or crashes, the city is the fold of its logs.</summary>
public sealed class ExactlyOnceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Delivery_OfRepeatedReorderedOverlappingAndMissingBlocks_GivesTheFold(int seed)
    {
        await using var city = new ScriptedCluster();
        await city.InitializeAsync();
        var chance = new Random(seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}.");
        var events = RandomCity.Events(chance, 400);

        for (var sent = 0; sent < events.Length;)
        {
            var count = Math.Min(1 + chance.Next(40), events.Length - sent);
            foreach (var group in events.AsSpan(sent, count).ToArray().GroupBy(e => e.Subject.Partition(city.Log.Partitions)))
            {
                await city.Append(group.Key, [.. group]);
            }

            sent += count;
            await DeliverBadly(city, chance);
            if (chance.Next(6) == 0)
            {
                await city.Deactivate(chance.Next(city.Log.Partitions), withSnapshot: chance.Next(2) == 0);
            }
        }

        await city.AssertEqualsFold();
    }

    [Fact]
    public async Task Delivery_ByTheLog_WithRandomStopsAndCrashes_GivesTheFold()
    {
        const int seed = 11;
        await using var city = new TwinCluster(partitions: 4, options: options => options.SnapshotEvents = 100);
        await city.InitializeAsync();
        var chance = new Random(seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}.");

        foreach (var e in RandomCity.Events(chance, 600).Chunk(25))
        {
            foreach (var group in e.GroupBy(e => e.Subject.Partition(city.Log.Partitions)))
            {
                await city.Append(group.Key, [.. group]);
            }

            switch (chance.Next(6))
            {
                case 0:
                    await city.Deactivate(chance.Next(city.Log.Partitions), withSnapshot: true);
                    break;
                case 1:
                    await city.Deactivate(chance.Next(city.Log.Partitions), withSnapshot: false);
                    break;
                case 2:
                    city.Log.Script.CutNextAppend(chance.Next(city.Log.Partitions));
                    await city.Settle();
                    break;
            }
        }

        await city.AssertEqualsFold();
    }

    [Fact]
    public async Task Effects_WhoseAppendLostItsAnswer_StandTwiceInTheLogAndTakeEffectOnce()
    {
        await using var city = new TwinCluster(partitions: 2);
        await city.InitializeAsync();
        var (shop, building) = (city.NewElement("shop", 0), city.NewElement("building", 1));
        await city.Send(Sample.Registered(shop), Sample.Registered(building));

        city.Log.Script.CutNextAppend(1);
        await city.Send(Sample.Related(shop, SmallPackage.LocatedIn, building, 1));
        await city.AssertEqualsFold();

        var fold = await ReferenceFold.Over(city.Log, city.Shelf, Cancellation);
        Assert.True(fold.Repeats > 0, "The cut append should have been repeated.");
        Assert.Single((await city.Element(building).Read(cancellationToken: Cancellation))!.State.Relations);
    }

    [Fact]
    public async Task Effects_AppendedBeforeACrashAndMadeAgainAfterwards_TakeEffectOnce()
    {
        await using var city = new TwinCluster(partitions: 2);
        await city.InitializeAsync();
        var (shop, building) = (city.NewElement("shop", 0), city.NewElement("building", 1));
        await city.Send(Sample.Registered(shop), Sample.Registered(building));
        await city.Send(Sample.Related(shop, SmallPackage.LocatedIn, building, 1), Sample.Evidence(shop, SmallPackage.FireExitBlocked, 0.2, 1, 2));
        await city.Log.WaitForAppend(1, new LogPosition(3), Cancellation);

        // Nothing of partition 0 is in a snapshot: all its effects are made again.
        await city.Deactivate(0, withSnapshot: false);
        await city.Partition(0).WaitFor((await city.Log.Extent(0, Cancellation)).Head, Cancellation);
        await city.AssertEqualsFold();

        Assert.True((await ReferenceFold.Over(city.Log, city.Shelf, Cancellation)).Repeats > 0, "The effects should stand in the log twice.");
    }

    private static async Task DeliverBadly(ScriptedCluster city, Random chance)
    {
        for (var partition = 0; partition < city.Log.Partitions; partition++)
        {
            var blocks = city.Log.Archive(partition);
            for (var delivery = chance.Next(4); delivery > 0; delivery--)
            {
                // Mostly new ones, some old ones, in no order; now and then a part of a block only.
                var block = blocks[blocks.Count - 1 - Math.Min(blocks.Count - 1, chance.Next(4))];
                await city.Deliver(chance.Next(3) == 0 ? Part(block, chance) : block);
            }
        }
    }

    private static EventBlock Part(EventBlock block, Random chance)
    {
        var from = chance.Next(block.Count);
        var count = 1 + chance.Next(block.Count - from);
        var writer = new EventBatch.Writer();
        var index = 0;
        foreach (var entry in block.Entries)
        {
            if (index >= from && index < from + count)
            {
                writer.Add(entry);
            }

            index++;
        }

        return new EventBlock(block.Partition, block.First + from, count, [.. writer.ToBatch().Bytes.Span]);
    }
}

/// <summary>Random events about a few elements that have to do with each other.</summary>
internal static class RandomCity
{
    /// <summary>Events, some late, some repeated, some of them refused.</summary>
    /// <param name="chance">Decides everything.</param>
    /// <param name="count">How many.</param>
    public static ImmutableArray<TwinEvent> Events(Random chance, int count)
    {
        ImmutableArray<ElementId> shops = [.. Enumerable.Range(0, 12).Select(i => Id("shop", i))];
        ImmutableArray<ElementId> buildings = [.. Enumerable.Range(0, 4).Select(i => Id("building", i))];
        ImmutableArray<ElementId> sensors = [.. Enumerable.Range(0, 12).Select(i => Id("sensor", i))];
        ImmutableArray<ElementId> hydrants = [.. Enumerable.Range(0, 4).Select(i => Id("hydrant", i))];
        var events = ImmutableArray.CreateBuilder<TwinEvent>();
        foreach (var id in (IEnumerable<ElementId>)[.. shops, .. buildings, .. sensors, .. hydrants])
        {
            events.Add(Sample.Registered(id));
        }

        while (events.Count < count)
        {
            var hours = events.Count * 0.1 - chance.Next(3);
            events.Add(chance.Next(10) switch
            {
                0 => Sample.Related(Any(shops, chance), SmallPackage.LocatedIn, Any(buildings, chance), hours),
                1 => Sample.Unrelated(Any(shops, chance), SmallPackage.LocatedIn, Any(buildings, chance), hours),
                2 => Sample.Related(Any(shops, chance), SmallPackage.Adjoins, Any(shops, chance), hours),
                3 => Sample.Evidence(Any(shops, chance), SmallPackage.GasAlarm, 0.6, 0.9, hours),
                4 => Sample.Evidence(Any(buildings, chance), SmallPackage.FireExitBlocked, 0.2, 0.8, hours),
                5 => Sample.Related(Any(sensors, chance), SmallPackage.Monitors, Any(shops, chance), hours),
                6 => events[chance.Next(events.Count)],
                7 => Sample.Registered(Any(hydrants, chance), hours),
                _ => Sample.Reading(Any(sensors, chance), 0, chance.Next(40), hours),
            });
        }

        return events.ToImmutable();
    }

    private static ElementId Id(string kind, int number) => ElementId.Of(kind, string.Create(CultureInfo.InvariantCulture, $"r{number}"));

    private static ElementId Any(ImmutableArray<ElementId> ids, Random chance) => ids[chance.Next(ids.Length)];
}
