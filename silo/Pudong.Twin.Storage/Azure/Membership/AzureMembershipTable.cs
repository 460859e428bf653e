using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Pudong.Twin.Storage.Azure.Membership;

/// <summary>The membership of a cluster in an Azure table: the cluster id is the partition, so that a silo's row and the version change in one transaction.</summary>
internal sealed class AzureMembershipTable : IMembershipTable
{
    // Azure takes 100 rows in one transaction.
    private const int TransactionRows = 100;
    private const int ReadAttempts = 10;

    private readonly MembershipTableClient _table;
    private readonly string _cluster;

    /// <summary>Makes a table; the storage is not asked yet.</summary>
    /// <param name="options">Validated before.</param>
    /// <param name="cluster">Names the partition.</param>
    public AzureMembershipTable(IOptions<AzureTableClusteringOptions> options, IOptions<ClusterOptions> cluster)
    {
        _table = new MembershipTableClient(options.Value);
        _cluster = MembershipTableClient.PartitionOf(cluster.Value.ClusterId);
    }

    /// <inheritdoc/>
    public Task InitializeMembershipTableAsync(bool tryInitTableVersion, CancellationToken cancellationToken) =>
        _table.Ask("be opened", async table =>
        {
            await table.CreateIfNotExistsAsync(cancellationToken);
            if (tryInitTableVersion)
            {
                await AddVersion(table, cancellationToken);
            }

            return true;
        });

    /// <inheritdoc/>
    public Task DeleteMembershipTableEntriesAsync(string clusterId, CancellationToken cancellationToken) =>
        _table.Ask("be emptied", async table =>
        {
            var partition = MembershipTableClient.PartitionOf(clusterId);
            await Delete(table, await Rows(table, partition, cancellationToken), cancellationToken);
            return true;
        });

    /// <inheritdoc/>
    public Task CleanupDefunctSiloEntriesAsync(DateTimeOffset beforeDate, CancellationToken cancellationToken) =>
        _table.Ask("be cleaned up", async table =>
        {
            var rows = await Rows(table, _cluster, cancellationToken);
            await Delete(table, rows.FindAll(row => IsDefunct(row, beforeDate.UtcDateTime)), cancellationToken);
            return true;
        });

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadRowAsync(SiloAddress key, CancellationToken cancellationToken) =>
        _table.Ask("be read", async table =>
        {
            var row = MembershipRow.KeyOf(key);
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {_cluster} and (RowKey eq {row} or RowKey eq {MembershipRow.VersionKey})");
            var rows = new List<TableEntity>();
            await foreach (var found in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            {
                rows.Add(found);
            }

            return MembershipRow.Read(rows);
        });

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadAllAsync(CancellationToken cancellationToken) =>
        _table.Ask("be read", async table => MembershipRow.Read(await Rows(table, _cluster, cancellationToken)));

    /// <inheritdoc/>
    public Task<bool> InsertRowAsync(MembershipEntry entry, TableVersion tableVersion, CancellationToken cancellationToken) =>
        Change(new TableTransactionAction(TableTransactionActionType.Add, MembershipRow.Of(_cluster, entry)), tableVersion, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> UpdateRowAsync(MembershipEntry entry, string etag, TableVersion tableVersion, CancellationToken cancellationToken) =>
        Change(
            new TableTransactionAction(TableTransactionActionType.UpdateReplace, MembershipRow.Of(_cluster, entry), MembershipRow.ETagOf(etag)), tableVersion, cancellationToken);

    /// <inheritdoc/>
    public Task UpdateIAmAliveAsync(MembershipEntry entry, CancellationToken cancellationToken) =>
        _table.Ask("be told that a silo is alive", async table =>
        {
            await table.UpdateEntityAsync(MembershipRow.AliveOf(_cluster, entry), ETag.All, TableUpdateMode.Merge, cancellationToken);
            return true;
        });

    /// <inheritdoc/>
    public Task InitializeMembershipTable(bool tryInitTableVersion) => InitializeMembershipTableAsync(tryInitTableVersion, CancellationToken.None);

    /// <inheritdoc/>
    public Task DeleteMembershipTableEntries(string clusterId) => DeleteMembershipTableEntriesAsync(clusterId, CancellationToken.None);

    /// <inheritdoc/>
    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => CleanupDefunctSiloEntriesAsync(beforeDate, CancellationToken.None);

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadRow(SiloAddress key) => ReadRowAsync(key, CancellationToken.None);

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadAll() => ReadAllAsync(CancellationToken.None);

    /// <inheritdoc/>
    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => InsertRowAsync(entry, tableVersion, CancellationToken.None);

    /// <inheritdoc/>
    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => UpdateRowAsync(entry, etag, tableVersion, CancellationToken.None);

    /// <inheritdoc/>
    public Task UpdateIAmAlive(MembershipEntry entry) => UpdateIAmAliveAsync(entry, CancellationToken.None);

    private static bool IsDefunct(TableEntity row, DateTime before)
    {
        if (row.RowKey == MembershipRow.VersionKey)
        {
            return false;
        }

        var entry = MembershipRow.Entry(row);
        return entry.Status != SiloStatus.Active && entry.IAmAliveTime < before && entry.StartTime < before;
    }

    private static async Task Delete(TableClient table, List<TableEntity> rows, CancellationToken cancellationToken)
    {
        foreach (var chunk in rows.Chunk(TransactionRows))
        {
            try
            {
                await table.SubmitTransactionAsync(
                    chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, row.ETag)), cancellationToken);
            }
            catch (TableTransactionFailedException fault) when (fault.Status is 404 or 412)
            {
                // Another silo cleans up at the same time, or the row lives again; the next clean-up sees what is left.
            }
        }
    }

    // Rows come in pages of 1,000; more than one page is one picture only if the version stayed the same.
    private static async Task<List<TableEntity>> Rows(TableClient table, string partition, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var rows = new List<TableEntity>();
            var pages = 0;
            await foreach (var page in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken: cancellationToken).AsPages())
            {
                rows.AddRange(page.Values);
                pages++;
            }

            if (pages <= 1 || attempt == ReadAttempts || await IsCurrent(table, rows, partition, cancellationToken))
            {
                return rows;
            }
        }
    }

    private static async Task<bool> IsCurrent(TableClient table, List<TableEntity> rows, string partition, CancellationToken cancellationToken)
    {
        var version = await table.GetEntityIfExistsAsync<TableEntity>(partition, MembershipRow.VersionKey, cancellationToken: cancellationToken);
        return version.HasValue && rows.Exists(row => row.RowKey == MembershipRow.VersionKey && row.ETag == version.Value!.ETag);
    }

    private async Task AddVersion(TableClient table, CancellationToken cancellationToken)
    {
        try
        {
            await table.AddEntityAsync(MembershipRow.Of(_cluster, new TableVersion(0, "")), cancellationToken);
        }
        catch (RequestFailedException fault) when (fault.Status == 409)
        {
            // Another silo was first.
        }
    }

    private Task<bool> Change(TableTransactionAction silo, TableVersion version, CancellationToken cancellationToken) =>
        _table.Ask("be changed", async table =>
        {
            try
            {
                var next = new TableTransactionAction(
                    TableTransactionActionType.UpdateReplace, MembershipRow.Of(_cluster, version), MembershipRow.ETagOf(version.VersionEtag));
                await table.SubmitTransactionAsync([silo, next], cancellationToken);
                return true;
            }
            catch (TableTransactionFailedException fault) when (fault.Status is 404 or 409 or 412)
            {
                return false;
            }
        });
}
