using System.Collections.Immutable;
using Pudong.Twin.Domain.Packages.Reading;

namespace Pudong.Twin.Domain.Packages;

/// <summary>What became of reading a package.</summary>
/// <param name="Package">The compiled package; null when there are errors.</param>
/// <param name="Errors">All mistakes, by file and line.</param>
public sealed record PackageResult(ModelPackage? Package, ImmutableArray<PackageError> Errors);

/// <summary>Reads model packages: YAML in, a compiled package or all mistakes out.</summary>
/// <remarks>deploy/packages/README.md explains the format by example.</remarks>
public static class PackageReader
{
    /// <summary>Reads a package together with those it builds on.</summary>
    /// <param name="source">The package.</param>
    /// <param name="find">Finds the source of a package that another one builds on; null when there is none of that name and version.</param>
    /// <param name="limits">How large it may be; <see cref="PackageLimits.Default"/> when null.</param>
    public static PackageResult Read(PackageSource source, Func<PackageVersion, PackageSource?> find, PackageLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(find);
        limits ??= PackageLimits.Default;
        var errors = new PackageErrors(limits);
        var layers = new LayerReader(errors, limits, find).Read(source);
        var content = layers.Count == 0 ? null : new PackageCompiler(new Draft(errors, limits), layers).Compile();
        return content is null || errors.Any ? new PackageResult(null, errors.ToSorted()) : new PackageResult(new ModelPackage(content), []);
    }
}
