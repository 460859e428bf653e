using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Tests.Elements;
using Pudong.Twin.Domain.Tests.Packages;
using Xunit;

namespace Pudong.Twin.Grains.Tests.Partitions;

public sealed class PackageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Activation_InTheMiddleOfABlock_AppliesWhatComesBehindUnderTheNewPackage()
    {
        await using var city = new TwinCluster(partitions: 2);
        await city.InitializeAsync();
        var next = Next(city);
        var (shop, pump) = (city.NewElement("shop", 0), city.NewElement("pump", 0));
        await city.Send(Sample.Registered(shop), Sample.Evidence(shop, SmallPackage.GasAlarm, 0.6, 0.9, 1));

        var batch = TwinCluster.Encode(next, Sample.Registered(shop, 2), TwinCluster.Activation(next), Sample.Registered(pump, 3));
        await city.Log.Append(0, batch, Cancellation);
        await city.Log.Append(1, TwinCluster.Encode(next, TwinCluster.Activation(next)), Cancellation);
        await city.Settle();

        Assert.NotNull(await city.Element(pump).Read(cancellationToken: Cancellation));
        Assert.Equal(next.Version, (await city.Element(shop).Read(cancellationToken: Cancellation))!.Package);
        Assert.Equal(next.Version, (await city.Partition(0).Status()).Package);
        await city.AssertEqualsFold();

        // A replay from the beginning meets both packages again.
        await city.Deactivate(0, withSnapshot: false);
        await city.AssertEqualsFold();
    }

    [Fact]
    public async Task Event_BeforeAnyActivation_IsQuarantined()
    {
        await using var city = new EmptyCluster();
        await city.InitializeAsync();
        var shop = city.NewElement("shop", 0);

        await city.Append(0, Sample.Registered(shop));
        await city.Partition(0).WaitFor(new LogPosition(1), Cancellation);

        Assert.Single(await city.Partition(0).Quarantined(LogPosition.Start, 10));
        Assert.Null((await city.Partition(0).Status()).Package);
    }

    private static ModelPackage Next(TwinCluster city)
    {
        var content = TwinCluster.WithHydrants(SmallPackage.Content(2));
        var next = new ModelPackage(content with
        {
            Kinds = [.. content.Kinds, new ElementKind("pump", content.Risk.Domains, ElementProperty.CommonAttributes, [])],
        });
        city.Shelf.Put(next);
        return next;
    }

    private sealed class EmptyCluster() : TwinCluster(partitions: 1)
    {
        protected override bool Activated => false;
    }
}
