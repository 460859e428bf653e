using Azure.Data.Tables;

namespace Pudong.Twin.Storage.Azure.Membership;

/// <summary>Asks the membership table and says in one sentence why it did not answer.</summary>
/// <param name="options">Validated before.</param>
internal sealed class MembershipTableClient(AzureTableClusteringOptions options)
{
    private readonly TableClient _table = AzureClients.Tables(options, AzureTableClusteringOptions.Section).GetTableClient(options.Table);

    /// <summary>The partition key of a cluster.</summary>
    /// <param name="clusterId">The cluster's id; what Azure does not take in a key is written as <c>=</c> and its code.</param>
    public static string PartitionOf(string clusterId) =>
        string.Concat(clusterId.Select(letter => letter is '/' or '\\' or '#' or '?' or '%' or '=' || char.IsControl(letter) ? $"={(int)letter:X2}" : letter.ToString()));

    /// <summary>Asks the table.</summary>
    /// <param name="what">What the table is to do, in the passive voice, for the message.</param>
    /// <param name="ask">The question.</param>
    /// <exception cref="OrleansException">The storage did not answer, or refused.</exception>
    public async Task<T> Ask<T>(string what, Func<TableClient, Task<T>> ask)
    {
        try
        {
            return await ask(_table);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new OrleansException($"Membership table {options.Table} at {_table.Uri.GetLeftPart(UriPartial.Authority)} cannot {what}: {Why(fault)}", fault);
        }
    }

    private static string Why(Exception fault)
    {
        var brief = AzureFaults.Brief(fault);
        if (AzureFaults.IsPassing(fault, CancellationToken.None))
        {
            return $"Azure Storage does not answer ({brief}); see that it runs and that {AzureTableClusteringOptions.Section} names the right account.";
        }

        return AzureFaults.IsRefusal(fault)
            ? $"Azure Storage refuses these credentials ({brief}); give {AzureTableClusteringOptions.Section} the account's connection string, or its identity the role Storage Table Data Contributor."
            : $"Azure Storage answers {brief}.";
    }
}
