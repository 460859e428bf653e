using System.ComponentModel.DataAnnotations;
using Azure.Core;

namespace Pudong.Twin.Storage.Azure;

/// <summary>Where an Azure Storage account is, and how patiently it is asked.</summary>
/// <remarks>The same for blobs and tables; Azurite, the emulator, is the default, so that a developer sets nothing.</remarks>
public abstract class AzureStorageOptions
{
    /// <summary>The account with its key, as the portal shows it. Not used when <see cref="ServiceUri"/> is set.</summary>
    /// <value>The default is <c>UseDevelopmentStorage=true</c>: Azurite on this machine.</value>
    [Required]
    public string ConnectionString { get; set; } = "UseDevelopmentStorage=true";

    /// <summary>The service's address, for instance <c>https://account.blob.core.windows.net</c>; signs in as <c>DefaultAzureCredential</c> finds it, without a key.</summary>
    /// <value>The default is null: <see cref="ConnectionString"/> is used.</value>
    public Uri? ServiceUri { get; set; }

    /// <summary>How often a request that got no answer, or a passing refusal, is sent again.</summary>
    /// <value>From 0 to 10. The default is 2.</value>
    [Range(0, 10)]
    public int Retries { get; set; } = 2;

    /// <summary>The pause before the first repetition, in milliseconds; each further one is twice as long, 2 seconds at most.</summary>
    /// <value>From 10 to 2,000. The default is 200.</value>
    [Range(10, 2_000)]
    public int RetryPause { get; set; } = 200;

    /// <summary>How long one request may take, in seconds.</summary>
    /// <value>From 1 to 300. The default is 15.</value>
    [Range(1, 300)]
    public int RequestTimeout { get; set; } = 15;

    /// <summary>Changes the SDK's options before a client is made; tests lose answers with it.</summary>
    internal Action<ClientOptions>? ConfigureClient { get; set; }
}
