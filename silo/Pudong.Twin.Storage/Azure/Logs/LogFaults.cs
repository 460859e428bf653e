using Azure;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Azure.Logs;

/// <summary>Turns the SDK's faults into the event log's own, each with one sentence.</summary>
internal static class LogFaults
{
    /// <summary>Whether a fault is still the SDK's and not the caller's cancellation.</summary>
    /// <param name="fault">What was thrown.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public static bool IsForeign(Exception fault, CancellationToken cancellationToken) =>
        fault is not EventLogException && !(fault is OperationCanceledException && cancellationToken.IsCancellationRequested);

    /// <summary>The event log's exception for a fault.</summary>
    /// <param name="fault">What the SDK threw.</param>
    /// <param name="what">What could not be done, as the beginning of a sentence.</param>
    /// <param name="account">The address that was asked.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public static EventLogException Explain(Exception fault, string what, Uri account, CancellationToken cancellationToken)
    {
        var brief = AzureFaults.Brief(fault);
        // A broken download cannot be resumed when somebody has appended meanwhile (412); read anew, it can.
        if (AzureFaults.IsPassing(fault, cancellationToken) || fault is RequestFailedException { Status: 412 })
        {
            return new EventLogUnavailableException($"{what}: Azure Storage at {account.GetLeftPart(UriPartial.Authority)} does not answer ({brief}); try again later.", fault);
        }

        if (AzureFaults.IsRefusal(fault))
        {
            return new EventLogException($"{what}: Azure Storage at {account.GetLeftPart(UriPartial.Authority)} refuses these credentials ({brief}); give {AzureEventLogOptions.Section} the account's connection string, or its identity the role Storage Blob Data Contributor.", fault);
        }

        return fault is RequestFailedException { ErrorCode: "ContainerNotFound" }
            ? new EventLogException($"{what}: the container is gone; restore it, or restart the silo for an empty log.", fault)
            : new EventLogException($"{what}: Azure Storage at {account.GetLeftPart(UriPartial.Authority)} answers {brief}.", fault);
    }
}
