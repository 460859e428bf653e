using System.Text;
using Pudong.Twin.Contracts.Catalogue;
using Pudong.Twin.Contracts.Elements;
using Pudong.Twin.Contracts.Events;
using Pudong.Twin.Contracts.Partitions;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Silo.Tests.Hosting;
using Xunit;

namespace Pudong.Twin.Silo.Tests;

/// <summary>What whoever starts a silo is promised.</summary>
public sealed class SiloTests
{
    private const string Events = """
        [
          {"specversion":"1.0","id":"1","source":"/test","type":"element-registered","subject":"sensor:smoke-1","data":{"name":"Smoke 1"}},
          {"specversion":"1.0","id":"2","source":"/test","type":"reading-received","subject":"sensor:smoke-1","data":{"reading":"smoke","value":0.5}},
          {"specversion":"1.0","id":"3","source":"/test","type":"smoke-detekted","subject":"sensor:smoke-1","data":{}}
        ]
        """;

    [Fact]
    public async Task Start_OnAnEmptyFolder_TakesEventsInAndKeepsThemOverARestart()
    {
        using var folder = new DataFolder();
        using var first = new SiloProcess("--data", folder.Path);
        Assert.Contains("package pudong.core/1", await first.Open(), StringComparison.Ordinal);
        await using var client = await SiloClient.Connect(first);

        var receipt = await client.Grains.GetGrain<IIngestGrain>(0).AppendJson([.. Encoding.UTF8.GetBytes(Events)], TestContext.Current.CancellationToken);
        await CoverAll(client, receipt);
        var before = await Read(client);
        first.Terminate();
        var code = await first.End();
        using var second = new SiloProcess("--data", folder.Path);
        await second.Open();
        await using var again = await SiloClient.Connect(second);
        var after = await Read(again);

        Assert.Null(receipt.Refusals[0]);
        Assert.Null(receipt.Refusals[1]);
        Assert.Contains("smoke-detekted", receipt.Refusals[2]!.Message, StringComparison.Ordinal);
        Assert.Equal(2, before!.State.Revision);
        Assert.Equal(0, code);
        Assert.DoesNotContain("   at ", first.Said, StringComparison.Ordinal);
        Assert.Equal(StateHash.Of(before.State), StateHash.Of(after!.State));
    }

    [Fact]
    public async Task Catalogue_WithAPackagePutAndActivated_KeepsItInForceAndRollsBack()
    {
        using var folder = new DataFolder();
        using var silo = new SiloProcess("--data", folder.Path, "--Twin:Sqlite:Partitions", "4");
        await silo.Open();
        await using var client = await SiloClient.Connect(silo);
        var catalogue = client.Grains.GetGrain<ICatalogueGrain>(0);
        var core = ShippedPackages.Core.Version;

        var wrong = await catalogue.Put([new PackageFile("broken.yaml", "package: {name: test.broken}")]);
        var put = await catalogue.Put([new PackageFile("test.yaml", "package:\n  name: test.more\n  version: 1\n  extends: pudong.core/1\n  title: {zh: 更多, en: More}\n")]);
        var refused = await catalogue.Activate(put.Version ?? core, new PackageVersion("pudong.core", 9));
        var activated = await catalogue.Activate(put.Version ?? core, core);
        var rolledBack = await catalogue.RollBack();

        Assert.Contains(wrong.Mistakes, mistake => mistake.StartsWith("broken.yaml(", StringComparison.Ordinal));
        Assert.Empty(put.Mistakes);
        Assert.Contains("pudong.core/1 is in force", refused.Refusal, StringComparison.Ordinal);
        Assert.Equal(new ActivationResult(new PackageVersion("test.more", 1), null), activated);
        Assert.Equal(new ActivationResult(core, null), rolledBack);
    }

    [Fact]
    public async Task Start_OnAFolderInUse_IsRefusedInOneSentence()
    {
        using var folder = new DataFolder();
        using var first = new SiloProcess("--data", folder.Path, "--Twin:Sqlite:Partitions", "4");
        await first.Open();

        await IsRefused("in use by another process", "--data", folder.Path);
    }

    [Fact]
    public async Task Start_WithAnotherNumberOfPartitions_IsRefusedInOneSentence()
    {
        using var folder = new DataFolder();
        using (var first = new SiloProcess("--data", folder.Path, "--Twin:Sqlite:Partitions", "4"))
        {
            await first.Open();
            first.Kill();
        }

        await IsRefused("partitions", "--data", folder.Path, "--Twin:Sqlite:Partitions", "8");
    }

    [Fact]
    public async Task Start_WhereNoFolderCanBe_IsRefusedInOneSentence()
    {
        using var folder = new DataFolder();
        var file = Path.Combine(folder.Path, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        await IsRefused("cannot be written", "--data", file);
    }

    [Fact]
    public async Task Start_WithoutAnAnswerOfAzure_IsRefusedInOneSentence()
    {
        var account = $"DefaultEndpointsProtocol=http;AccountName=nobody;AccountKey=bm9ib2R5;BlobEndpoint=http://127.0.0.1:{Ports.Free().Silo}/nobody;";

        await IsRefused("cannot be opened", "--storage", "azure", "--Twin:AzureEventLog:ConnectionString", account, "--Twin:AzureEventLog:Retries", "0");
    }

    [Theory]
    [InlineData("expected sqlite or azure", "--storage", "floppy")]
    [InlineData("There is no switch '--dta'", "--dta", "x")]
    [InlineData("has no value", "--data")]
    [InlineData("WakeLimit", "--Twin:Partitions:WakeLimit", "0")]
    [InlineData("WakeLimit", "--Twin:Partitions:WakeLimit", "many")]
    [InlineData("SiloPort", "--Twin:SiloPort", "70000")]
    public async Task Start_WithAWrongSetting_IsRefusedInOneSentence(string sentence, params string[] arguments)
    {
        using var folder = new DataFolder();

        await IsRefused(sentence, arguments is ["--data"] ? arguments : [.. arguments, "--data", folder.Path]);
    }

    private static async Task IsRefused(string sentence, params string[] arguments)
    {
        using var silo = new SiloProcess(arguments);

        var code = await silo.End();

        Assert.Equal(1, code);
        Assert.Contains(sentence, silo.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", silo.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", silo.Said, StringComparison.Ordinal);
    }

    private static ValueTask<ElementView?> Read(SiloClient client) =>
        client.Grains.GetElement(ElementId.Parse("sensor:smoke-1")).Read(cancellationToken: TestContext.Current.CancellationToken);

    private static async Task CoverAll(SiloClient client, IngestReceipt receipt)
    {
        foreach (var position in receipt.Positions)
        {
            await client.Grains.GetGrain<IPartitionGrain>(position.Partition).WaitFor(position.Position, TestContext.Current.CancellationToken);
        }
    }
}
