using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Pudong.Twin.Grains.Catalogue;

/// <summary>How much the catalogue keeps. Bound to the section <c>Twin:Catalogue</c>.</summary>
public sealed class CatalogueOptions
{
    /// <summary>Package versions that are kept; a further one is refused.</summary>
    /// <value>From 1 to 10,000. The default is 500.</value>
    [Range(1, 10_000)]
    public int Versions { get; set; } = 500;

    /// <summary>The length of all kept files together, in UTF-16 code units; a package beyond it is refused.</summary>
    /// <value>From 1,048,576 to 268,435,456. The default is 33,554,432.</value>
    [Range(1_048_576, 268_435_456)]
    public int TotalLength { get; set; } = 33_554_432;

    /// <summary>How long the catalogue waits before it goes on with an activation that the log did not take.</summary>
    /// <value>From 10 milliseconds to 1 minute. The default is 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromSeconds(1);
}

/// <summary>Refuses options out of range when the silo starts.</summary>
[OptionsValidator]
public sealed partial class CatalogueOptionsValidator : IValidateOptions<CatalogueOptions>;
