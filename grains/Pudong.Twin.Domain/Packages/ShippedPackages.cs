using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Text;

namespace Pudong.Twin.Domain.Packages;

/// <summary>The packages that are part of the product, as resources of this assembly: they load wherever it runs.</summary>
/// <remarks>The build links each folder of deploy/packages.</remarks>
public static class ShippedPackages
{
    private const string Prefix = "packages/";

    private static readonly Assembly Home = typeof(ShippedPackages).Assembly;
    private static readonly ImmutableSortedDictionary<string, PackageSource> Sources = ReadAll();
    private static readonly ConcurrentDictionary<string, ModelPackage> Loaded = new(StringComparer.Ordinal);

    /// <summary>The names of the packages.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Sources.Keys];

    /// <summary>The core package, which declares enterprise, building, village, sensor and the divisions above them.</summary>
    public static ModelPackage Core => Load("pudong.core");

    /// <summary>Compiles a package; the same one is given every time.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is no such package.</exception>
    /// <exception cref="InvalidDataException">The package has errors; the message lists them.</exception>
    public static ModelPackage Load(string name) => Loaded.GetOrAdd(name, static name =>
    {
        var result = PackageReader.Read(SourceOf(name), Find);
        return result.Package ?? throw new InvalidDataException(
            $"The package '{name}' has {result.Errors.Length} errors: {string.Join(Environment.NewLine, result.Errors)}");
    });

    /// <summary>The files of a package.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is no such package.</exception>
    public static PackageSource SourceOf(string name) =>
        Sources.TryGetValue(name, out var source)
            ? source
            : throw new ArgumentException($"The product ships no package '{name}'; expected one of {string.Join(", ", Names)}.", nameof(name));

    /// <summary>Finds the package that another one builds on, for <see cref="PackageReader.Read"/>; null when it is not shipped.</summary>
    /// <param name="version">Its name; the product ships one version of each.</param>
    public static PackageSource? Find(PackageVersion version) => Sources.GetValueOrDefault(version.Name);

    private static ImmutableSortedDictionary<string, PackageSource> ReadAll() =>
        Home.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => (Path: name[Prefix.Length..].Replace('\\', '/'), Resource: name))
            .GroupBy(file => file.Path[..file.Path.IndexOf('/', StringComparison.Ordinal)], StringComparer.Ordinal)
            .ToImmutableSortedDictionary(
                package => package.Key,
                package => new PackageSource([.. package.Select(file => new PackageFile(file.Path[(package.Key.Length + 1)..], Read(file.Resource)))]),
                StringComparer.Ordinal);

    private static string Read(string resource)
    {
        using var reader = new StreamReader(Home.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
