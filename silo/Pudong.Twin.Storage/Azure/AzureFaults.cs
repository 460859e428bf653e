using Azure;
using Azure.Identity;

namespace Pudong.Twin.Storage.Azure;

/// <summary>Tells the faults of Azure Storage apart.</summary>
internal static class AzureFaults
{
    /// <summary>Whether a request may succeed when it is sent again: no answer, or an answer that says "not now".</summary>
    /// <param name="fault">What the SDK threw.</param>
    /// <param name="cancellationToken">The caller's; its own cancellation is not a fault.</param>
    public static bool IsPassing(Exception fault, CancellationToken cancellationToken) => fault switch
    {
        // The SDK gives up after its repetitions with all faults in one.
        AggregateException many => many.InnerExceptions.Count > 0 && many.InnerExceptions.All(inner => IsPassing(inner, cancellationToken)),
        RequestFailedException request => request.Status is 0 or 408 or 429 or >= 500,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        HttpRequestException or IOException => true,
        _ => false,
    };

    /// <summary>Whether the account refuses who we are or what we may do.</summary>
    /// <param name="fault">What the SDK threw.</param>
    public static bool IsRefusal(Exception fault) =>
        fault is RequestFailedException { Status: 401 or 403 } or AuthenticationFailedException;

    /// <summary>The fault in a few words, without the headers the SDK appends to its messages.</summary>
    /// <param name="fault">What the SDK threw.</param>
    public static string Brief(Exception fault) => fault switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Brief(last),
        RequestFailedException { Status: > 0 } request => $"status {request.Status}, {request.ErrorCode ?? "no code"}",
        OperationCanceledException => "no answer in time",
        _ => fault.Message.Split('\n')[0].TrimEnd('.', '\r', ' '),
    };
}
