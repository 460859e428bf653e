using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Pudong.Twin.Grains.Packages;

/// <summary>How many compiled packages a silo keeps. Bound to the section <c>Twin:Packages</c>.</summary>
public sealed class PackageShelfOptions
{
    /// <summary>Compiled packages that a silo keeps; when one more comes, the one that was not asked for the longest leaves and is compiled anew when it is wanted again.</summary>
    /// <value>From 2 to 1,000: the one in force and the next. The default is 16.</value>
    [Range(2, 1_000)]
    public int Kept { get; set; } = 16;
}

/// <summary>Refuses options out of range when the silo starts.</summary>
[OptionsValidator]
public sealed partial class PackageShelfOptionsValidator : IValidateOptions<PackageShelfOptions>;
