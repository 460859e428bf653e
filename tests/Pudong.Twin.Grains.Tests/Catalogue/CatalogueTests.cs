using Pudong.Twin.Contract;
using Pudong.Twin.Contracts.Catalogue;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Grains.Events;
using Xunit;

namespace Pudong.Twin.Grains.Tests.Catalogue;

/// <summary>What the catalogue promises.</summary>
public sealed class CatalogueTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Activate_WithALogThatDoesNotAnswer_GoesOnByItself()
    {
        await using var cluster = await CatalogueCluster.Start();
        cluster.Log.Script.FailNext(LogCall.Append, 2, new EventLogUnavailableException("The test lets the log not answer."));

        var first = await cluster.Catalogue.Activate(CatalogueCluster.Core);
        // The last partition gets the event only once the catalogue has gone on.
        await cluster.Log.WaitForAppend(3, LogPosition.Start, Cancellation);
        var second = await cluster.Catalogue.Activate(CatalogueCluster.Core);

        Assert.Null(first.Active);
        Assert.Contains("goes on by itself", first.Refusal, StringComparison.Ordinal);
        Assert.Equal(new ActivationResult(CatalogueCluster.Core, null), second);
        await AssertInForceEverywhere(cluster, CatalogueCluster.Core);
    }

    [Fact]
    public async Task Activate_ThatWasCutOff_IsCarriedThroughWhenTheCatalogueWakes()
    {
        await using var cluster = await CatalogueCluster.Start(TimeSpan.FromMinutes(1));
        cluster.Log.Script.FailNext(LogCall.Append, 2, new EventLogUnavailableException("The test lets the log not answer."));
        await cluster.Catalogue.Activate(CatalogueCluster.Core);

        await cluster.Cluster.DeactivateAsync(cluster.Catalogue);
        await cluster.Catalogue.List();
        await cluster.Log.WaitForAppend(3, LogPosition.Start, Cancellation);

        await AssertInForceEverywhere(cluster, CatalogueCluster.Core);
    }

    [Fact]
    public async Task Activate_OfTheVersionInForce_AppendsNothing()
    {
        await using var cluster = await CatalogueCluster.Start();

        await cluster.Catalogue.Activate(CatalogueCluster.Core);
        await cluster.Catalogue.Activate(CatalogueCluster.Core);

        Assert.Equal(new LogPosition(1), (await cluster.Log.Extent(0, Cancellation)).Head);
        Assert.Single((await cluster.Catalogue.List()).History);
    }

    [Fact]
    public async Task Put_WithMistakes_SaysWhereTheyAre()
    {
        await using var cluster = await CatalogueCluster.Start();

        var put = await cluster.Catalogue.Put([new PackageFile("broken.yaml", "package: {name: test.broken}")]);

        Assert.Null(put.Version);
        Assert.Contains(put.Mistakes, mistake => mistake.StartsWith("broken.yaml(1,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Put_WithAnotherContentUnderAVersion_IsRefused()
    {
        await using var cluster = await CatalogueCluster.Start();
        const string Text = "package:\n  name: test.more\n  version: 1\n  extends: pudong.core/1\n  title: {zh: 更多, en: More}\n";

        var first = await cluster.Catalogue.Put([new PackageFile("test.yaml", Text)]);
        var same = await cluster.Catalogue.Put([new PackageFile("test.yaml", Text)]);
        var other = await cluster.Catalogue.Put([new PackageFile("test.yaml", Text.Replace("More", "Much more", StringComparison.Ordinal))]);

        Assert.Equal(first.Version, same.Version);
        Assert.Empty(same.Mistakes);
        Assert.Contains("give this one the next", Assert.Single(other.Mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RollBack_AfterAnActivation_PutsTheOneBeforeInForce()
    {
        await using var cluster = await CatalogueCluster.Start();
        await cluster.Catalogue.Activate(CatalogueCluster.Core);
        await cluster.Catalogue.Activate(new PackageVersion("pudong.street", 1));
        await AssertInForceEverywhere(cluster, new PackageVersion("pudong.street", 1));

        var result = await cluster.Catalogue.RollBack();

        Assert.Equal(new ActivationResult(CatalogueCluster.Core, null), result);
        await AssertInForceEverywhere(cluster, CatalogueCluster.Core);
    }

    private static async Task AssertInForceEverywhere(CatalogueCluster cluster, PackageVersion version)
    {
        Assert.Equal(version, (await cluster.Catalogue.Activate(version)).Active);
        for (var partition = 0; partition < cluster.Log.Partitions; partition++)
        {
            await cluster.Partition(partition).WaitFor((await cluster.Log.Extent(partition, Cancellation)).Head, Cancellation);
            Assert.Equal(version, (await cluster.Partition(partition).Status()).Package);
        }
    }
}
