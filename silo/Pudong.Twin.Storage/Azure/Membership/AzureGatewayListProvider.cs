using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;

namespace Pudong.Twin.Storage.Azure.Membership;

/// <summary>Tells clients outside the cluster which silos take them in, from the table the silos find each other by.</summary>
/// <param name="options">Validated before.</param>
/// <param name="cluster">Names the partition.</param>
/// <param name="gateways">How old the list may become.</param>
internal sealed class AzureGatewayListProvider(
    IOptions<AzureTableClusteringOptions> options, IOptions<ClusterOptions> cluster, IOptions<GatewayOptions> gateways) : IGatewayListProvider
{
    private readonly MembershipTableClient _table = new(options.Value);
    private readonly string _cluster = MembershipTableClient.PartitionOf(cluster.Value.ClusterId);

    /// <inheritdoc/>
    public TimeSpan MaxStaleness => gateways.Value.GatewayListRefreshPeriod;

    /// <inheritdoc/>
    public bool IsUpdatable => true;

    /// <inheritdoc/>
    public Task InitializeGatewayListProviderAsync(CancellationToken cancellationToken) =>
        // A client may start before the first silo has made the table.
        _table.Ask("be opened", table => table.CreateIfNotExistsAsync(cancellationToken));

    /// <inheritdoc/>
    public Task<IList<Uri>> GetGatewaysAsync(CancellationToken cancellationToken) =>
        _table.Ask("be read", async table =>
        {
            IList<Uri> found = [];
            var active = TableClient.CreateQueryFilter($"PartitionKey eq {_cluster} and Status eq {nameof(SiloStatus.Active)} and ProxyPort gt {0}");
            await foreach (var row in table.QueryAsync<TableEntity>(active, cancellationToken: cancellationToken))
            {
                found.Add(GatewayOf(MembershipRow.Entry(row)));
            }

            return found;
        });

    /// <inheritdoc/>
    public Task InitializeGatewayListProvider() => InitializeGatewayListProviderAsync(CancellationToken.None);

    /// <inheritdoc/>
    public Task<IList<Uri>> GetGateways() => GetGatewaysAsync(CancellationToken.None);

    private static Uri GatewayOf(MembershipEntry silo) =>
        SiloAddress.New(silo.SiloAddress.Endpoint.Address, silo.ProxyPort, silo.SiloAddress.Generation).ToGatewayUri();
}
