using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Pudong.Twin.Storage.Azure.States;

/// <summary>Where states of grains lie in Azure blobs. Named options, bound to <c>Twin:AzureGrainStorage</c>.</summary>
public sealed class AzureBlobGrainStorageOptions : AzureStorageOptions
{
    internal const string Section = "Twin:AzureGrainStorage";

    /// <summary>The blob container.</summary>
    /// <value>3 to 63 small letters, digits and single hyphens. The default is <c>twin-state</c>.</value>
    [Required, RegularExpression("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    public string Container { get; set; } = "twin-state";

    /// <summary>Whether of states larger than a chunk the generation before is kept, as a snapshot of the blob, for the case that the newest is damaged.</summary>
    /// <value>The default is true: each such write over a record costs three requests more.</value>
    public bool KeepPrevious { get; set; } = true;
}

[OptionsValidator]
internal sealed partial class AzureBlobGrainStorageOptionsValidator : IValidateOptions<AzureBlobGrainStorageOptions>;
