using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Pudong.Twin.Storage.Azure.Membership;

/// <summary>Where the silos of a cluster find each other, and clients the silos. Bound to <c>Twin:AzureClustering</c>.</summary>
public sealed class AzureTableClusteringOptions : AzureStorageOptions
{
    internal const string Section = "Twin:AzureClustering";

    /// <summary>The table; several clusters may share it, each under its <c>ClusterId</c>.</summary>
    /// <value>3 to 63 letters and digits, a letter first. The default is <c>TwinMembership</c>.</value>
    [Required, RegularExpression("^[A-Za-z][A-Za-z0-9]{2,62}$")]
    public string Table { get; set; } = "TwinMembership";
}

[OptionsValidator]
internal sealed partial class AzureTableClusteringOptionsValidator : IValidateOptions<AzureTableClusteringOptions>;
