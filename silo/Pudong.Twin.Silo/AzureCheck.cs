using Pudong.Twin.Storage.Azure.Logs;

namespace Pudong.Twin.Silo;

/// <summary>Opens the event log in Azure Storage before the silo starts, so that an account that does not answer is told in one sentence.</summary>
/// <param name="log">The log.</param>
internal sealed class AzureCheck(AzureEventLog log) : StartCheck
{
    /// <inheritdoc/>
    public override Task StartingAsync(CancellationToken cancellationToken) => log.Start(cancellationToken);
}
