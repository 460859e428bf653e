using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using Orleans;

namespace Pudong.Twin.Domain.Packages;

/// <summary>One YAML file of a package.</summary>
/// <param name="Name">The name that errors show, such as <c>kinds.yaml</c>.</param>
/// <param name="Text">Its content.</param>
[GenerateSerializer, Immutable, Alias("pudong.package-file")]
public sealed record PackageFile([property: Id(0)] string Name, [property: Id(1)] string Text);

/// <summary>A package as it is written: a folder of YAML files, or a single one.</summary>
/// <param name="Files">The files; they are read in the order of their names, and the order makes no difference otherwise.</param>
public sealed record PackageSource(ImmutableArray<PackageFile> Files)
{
    /// <summary>A package in one text.</summary>
    /// <param name="name">The file name that errors show.</param>
    /// <param name="text">Its content.</param>
    public static PackageSource Of(string name, string text) => new([new PackageFile(name, text)]);

    /// <summary>XXH64 (seed 0) of the names and contents of all files of some packages, in order.</summary>
    /// <param name="layers">The packages, the lowest first.</param>
    internal static ulong FingerprintOf(IEnumerable<PackageSource> layers)
    {
        var hash = new XxHash64();
        foreach (var file in layers.SelectMany(layer => layer.Files.OrderBy(file => file.Name, StringComparer.Ordinal)))
        {
            hash.Append(Encoding.UTF8.GetBytes(file.Name));
            hash.Append([0]);
            // Line ends depend on how the file was checked out and mean nothing.
            hash.Append(Encoding.UTF8.GetBytes(file.Text.ReplaceLineEndings("\n")));
            hash.Append([0]);
        }

        return hash.GetCurrentHashAsUInt64();
    }
}
