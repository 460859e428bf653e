using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;

namespace Pudong.Twin.Storage.Azure;

/// <summary>Makes the SDK's clients from our options.</summary>
internal static class AzureClients
{
    /// <summary>A client for blobs.</summary>
    /// <param name="options">Checked before.</param>
    /// <param name="owner">The options' name in configuration, for the message.</param>
    /// <param name="retries">How often the SDK repeats a request by itself.</param>
    /// <exception cref="OptionsValidationException">The connection string is not one.</exception>
    public static BlobServiceClient Blobs(AzureStorageOptions options, string owner, int retries)
    {
        var client = new BlobClientOptions();
        Apply(options, client, retries);
        return options.ServiceUri is { } uri
            ? new BlobServiceClient(uri, new DefaultAzureCredential(), client)
            : Parsed(owner, () => new BlobServiceClient(options.ConnectionString, client));
    }

    /// <summary>A client for tables.</summary>
    /// <param name="options">Checked before.</param>
    /// <param name="owner">The options' name in configuration, for the message.</param>
    /// <exception cref="OptionsValidationException">The connection string is not one.</exception>
    public static TableServiceClient Tables(AzureStorageOptions options, string owner)
    {
        var client = new TableClientOptions();
        Apply(options, client, options.Retries);
        return options.ServiceUri is { } uri
            ? new TableServiceClient(uri, new DefaultAzureCredential(), client)
            : Parsed(owner, () => new TableServiceClient(options.ConnectionString, client));
    }

    private static void Apply(AzureStorageOptions options, ClientOptions client, int retries)
    {
        client.Retry.Mode = RetryMode.Exponential;
        client.Retry.MaxRetries = retries;
        client.Retry.Delay = TimeSpan.FromMilliseconds(options.RetryPause);
        client.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        client.Retry.NetworkTimeout = TimeSpan.FromSeconds(options.RequestTimeout);
        // Spans and logs of each request cost more than they tell at thousands of them a second.
        client.Diagnostics.IsLoggingEnabled = false;
        client.Diagnostics.IsDistributedTracingEnabled = false;
        options.ConfigureClient?.Invoke(client);
    }

    private static T Parsed<T>(string owner, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or InvalidOperationException or UriFormatException)
        {
            // The text itself stays out of the message: it may hold the account's key.
            var sentence = $"{owner}:ConnectionString is not a connection string of Azure Storage; take the one the portal shows, or UseDevelopmentStorage=true for Azurite on this machine. The reader says: {fault.Message}";
            throw new OptionsValidationException(owner, typeof(AzureStorageOptions), [sentence]);
        }
    }
}
