using System.Globalization;
using Orleans;

namespace Pudong.Twin.Domain.Packages;

/// <summary>A model package and its version, printed as <c>pudong.core/3</c>.</summary>
/// <param name="Name">Lower-case words joined by full stops.</param>
/// <param name="Version">1 or more; a content never changes under a version.</param>
[GenerateSerializer, Immutable, Alias("pudong.package-version")]
public readonly record struct PackageVersion([property: Id(0)] string Name, [property: Id(1)] int Version)
{
    /// <summary>Name and version with a slash between.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}/{Version}");
}
