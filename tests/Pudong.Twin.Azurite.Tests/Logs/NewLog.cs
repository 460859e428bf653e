using Microsoft.Extensions.Logging.Abstractions;
using Pudong.Twin.Storage.Azure.Logs;

namespace Pudong.Twin.Azurite.Tests.Logs;

/// <summary>Event logs as a silo would make them.</summary>
internal static class NewLog
{
    /// <summary>A log that has not asked the storage yet.</summary>
    /// <param name="connection">Which account.</param>
    /// <param name="container">Which container.</param>
    /// <param name="configure">What differs from the defaults.</param>
    public static AzureEventLog Open(string connection, string container, Action<AzureEventLogOptions>? configure = null)
    {
        var options = new AzureEventLogOptions { ConnectionString = connection, Container = container, Partitions = 4 };
        configure?.Invoke(options);
        return new AzureEventLog(options, TimeProvider.System, NullLogger<AzureEventLog>.Instance);
    }
}
