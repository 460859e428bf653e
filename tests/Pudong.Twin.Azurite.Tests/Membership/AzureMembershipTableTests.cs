using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Pudong.Twin.Azurite.Tests.Hosting;
using Pudong.Twin.Contract;
using Pudong.Twin.Storage.Azure.Membership;

namespace Pudong.Twin.Azurite.Tests.Membership;

/// <summary>The membership in an Azure table keeps what every membership table promises.</summary>
public sealed class AzureMembershipTableTests(AzuriteFixture azurite) : MembershipTableContract
{
    private readonly string _table = AzuriteFixture.NewName("members");

    /// <inheritdoc/>
    protected override async Task<IMembershipTable> Open(string cluster)
    {
        var options = new AzureTableClusteringOptions { ConnectionString = azurite.ConnectionString, Table = _table };
        var table = new AzureMembershipTable(Options.Create(options), Options.Create(new ClusterOptions { ClusterId = cluster }));
        await table.InitializeMembershipTableAsync(true, Xunit.TestContext.Current.CancellationToken);
        return table;
    }
}
