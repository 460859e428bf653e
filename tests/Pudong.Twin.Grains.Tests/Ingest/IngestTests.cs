using System.Collections.Immutable;
using System.Text;
using Pudong.Twin.Contract;
using Pudong.Twin.Contracts.Events;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Grains.Tests.Catalogue;
using Xunit;

namespace Pudong.Twin.Grains.Tests.Ingest;

/// <summary>What the intake promises.</summary>
public sealed class IngestTests
{
    private static readonly ElementId Sensor = ElementId.Parse("sensor:smoke-1");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_BeforeAPackageIsInForce_IsRefused()
    {
        await using var cluster = await CatalogueCluster.Start();

        var refusal = await Assert.ThrowsAsync<IngestException>(() => cluster.Ingest.Append([Registration("1")], Cancellation));

        Assert.Contains("No model package is in force", refusal.Message, StringComparison.Ordinal);
        Assert.False(refusal.Busy);
    }

    [Fact]
    public async Task Append_OfTypedEvents_CoversThemByItsPositions()
    {
        await using var cluster = await Open();

        var positions = await cluster.Ingest.Append([Registration("1")], Cancellation);

        var position = Assert.Single(positions);
        Assert.Equal(Sensor.Partition(cluster.Log.Partitions), position.Partition);
        await cluster.Partition(position.Partition).WaitFor(position.Position, Cancellation);
        Assert.Equal(1, (await cluster.Element(Sensor).Read(cancellationToken: Cancellation))!.State.Revision);
    }

    [Fact]
    public async Task Append_WithAnEventOfTheTwinItself_AppendsNothing()
    {
        await using var cluster = await Open();
        var core = ShippedPackages.Core;
        var activation = new TwinEvent("2", "/test", "package-activated", Sensor, 0, new ActivationData(core.Version, core.Content.Fingerprint));

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => cluster.Ingest.Append([Registration("1"), activation], Cancellation));

        Assert.Contains("expected an event from outside", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(new LogPosition(1), (await cluster.Log.Extent(Sensor.Partition(cluster.Log.Partitions), Cancellation)).Head);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Append_WithALogThatDoesNotTakeIt_SaysWhetherToWait(bool busy)
    {
        await using var cluster = await Open();
        EventLogException fault = busy ? new EventLogBusyException("The test says full.") : new EventLogUnavailableException("The test says gone.");
        cluster.Log.Script.FailNext(LogCall.Append, Sensor.Partition(cluster.Log.Partitions), fault);

        var refusal = await Assert.ThrowsAsync<IngestException>(() => cluster.Ingest.Append([Registration("1")], Cancellation));

        Assert.Equal((fault.Message, busy), (refusal.Message, refusal.Busy));
    }

    [Fact]
    public async Task AppendJson_WithOneBadEvent_TakesTheOthers()
    {
        await using var cluster = await Open();

        var receipt = await cluster.Ingest.AppendJson(Json(
            """[{"specversion":"1.0","id":"1","source":"/t","type":"element-registered","subject":"sensor:smoke-1","data":{"name":"One"}},{"specversion":"1.0"}]"""), Cancellation);

        Assert.Null(receipt.Whole);
        Assert.Null(receipt.Refusals[0]);
        Assert.Equal(RefusalReason.NotACloudEvent, receipt.Refusals[1]!.Reason);
        Assert.Single(receipt.Positions);
    }

    [Fact]
    public async Task AppendJson_WithWhatIsNoJson_IsRefusedWhole()
    {
        await using var cluster = await Open();

        var receipt = await cluster.Ingest.AppendJson(Json("[{"), Cancellation);

        Assert.Equal(RefusalReason.NotACloudEvent, receipt.Whole!.Reason);
        Assert.Empty(receipt.Positions);
    }

    [Fact]
    public async Task AppendJson_WithATypeOfAPackageJustActivated_KnowsIt()
    {
        await using var cluster = await Open();
        var shop = Json("""{"specversion":"1.0","id":"1","source":"/t","type":"element-registered","subject":"shop:s-1","data":{"name":"Shop"}}""");

        var before = await cluster.Ingest.AppendJson(shop, Cancellation);
        await cluster.Catalogue.Activate(new PackageVersion("pudong.street", 1));
        var after = await cluster.Ingest.AppendJson(shop, Cancellation);

        Assert.Equal(RefusalReason.UnknownKind, before.Refusals[0]!.Reason);
        Assert.Null(after.Refusals[0]);
    }

    private static async Task<CatalogueCluster> Open()
    {
        var cluster = await CatalogueCluster.Start();
        await cluster.Catalogue.Activate(CatalogueCluster.Core);
        return cluster;
    }

    private static TwinEvent Registration(string id) =>
        new(id, "/test", "element-registered", Sensor, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), new AttributeData([], []));

    private static ImmutableArray<byte> Json(string text) => [.. Encoding.UTF8.GetBytes(text)];
}
