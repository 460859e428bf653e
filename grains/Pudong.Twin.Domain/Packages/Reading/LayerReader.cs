using System.Collections.Immutable;
using System.Globalization;
using Pudong.Twin.Domain.Packages.Yaml;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>One package among those that build on each other: its name and the mappings of its files.</summary>
internal sealed record Layer(PackageSource Source, PackageVersion Version, LocalText? Title, ImmutableArray<YamlMap> Files);

/// <summary>Reads a package and those below it, as YAML.</summary>
internal sealed class LayerReader(PackageErrors errors, PackageLimits limits, Func<PackageVersion, PackageSource?> find)
{
    /// <summary>The packages, the lowest first; as many as could be read.</summary>
    public List<Layer> Read(PackageSource source)
    {
        var layers = new List<Layer>();
        for (PackageSource? next = source; next is not null;)
        {
            next = ReadLayer(next, layers);
        }

        layers.Reverse();
        return layers;
    }

    private PackageSource? ReadLayer(PackageSource source, List<Layer> layers)
    {
        if (source.Files.Length == 0 || source.Files.Length > limits.Files)
        {
            errors.Add(new Place(new SourceText("", ""), 1, 1), $"The package has {source.Files.Length} files; expected 1 to {limits.Files}.");
            return null;
        }

        var files = source.Files.OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => new YamlReader(new SourceText(file.Name, file.Text), errors, limits).Read()).OfType<YamlMap>().ToImmutableArray();
        var headers = files.SelectMany(file => file.Entries).Where(entry => entry.Key.Value == "package").ToArray();
        if (headers is not [{ Value: YamlMap header }])
        {
            // A file that could not be read may well hold it.
            if (files.Length == source.Files.Length)
            {
                NoteHeader(source, headers);
            }

            return null;
        }

        return ReadHeader(header, source, files, layers);
    }

    private void NoteHeader(PackageSource source, YamlEntry[] headers)
    {
        const string Expected = "expected one mapping 'package' with 'name', 'version' and 'title'";
        var place = headers.Length > 0 ? headers[^1].Key.Place : new Place(new SourceText(source.Files.Min(file => file.Name)!, ""), 1, 1);
        errors.Add(place, headers.Length switch
        {
            0 => $"The package does not say what it is; {Expected} in one of its files.",
            1 => $"The 'package' is {headers[0].Value.Description}; {Expected}.",
            _ => $"The package says {headers.Length} times what it is; {Expected}.",
        });
    }

    private PackageSource? ReadHeader(YamlMap header, PackageSource source, ImmutableArray<YamlMap> files, List<Layer> layers)
    {
        var members = new Members(header, "package", errors);
        var name = members.Scalar("name", "a name such as pudong.core", required: true);
        if (name is not null && !IsPackageName(name.Value))
        {
            errors.Add(name.Place, $"'{name.Value}' is no name for a package; expected lower-case words joined by full stops such as 'pudong.core', at most 64 characters.");
        }

        var version = members.Integer("version", 1, 1_000_000, required: true);
        var below = members.Scalar("extends", "a package with its version such as pudong.core/1");
        layers.Add(new Layer(source, new PackageVersion(name?.Value ?? "", version ?? 1), members.Local("title", required: true), files));
        members.RefuseOthers();
        return below is null ? null : Below(below, layers);
    }

    private PackageSource? Below(YamlScalar below, List<Layer> layers)
    {
        if (!TryParse(below.Value, out var version))
        {
            errors.Add(below.Place, $"'{below.Value}' names no package; expected a name and a version such as pudong.core/1.");
            return null;
        }

        if (layers.Any(layer => layer.Version.Name == version.Name))
        {
            errors.Add(below.Place, $"The package '{version.Name}' builds on itself; expected packages that build on each other without a circle.");
            return null;
        }

        if (layers.Count >= limits.Layers)
        {
            errors.Add(below.Place, $"More than {limits.Layers} packages build on each other; expected less.");
            return null;
        }

        var source = find(version);
        if (source is null)
        {
            errors.Add(below.Place, $"There is no package '{version}' to build on; expected one that is stored under this name and version.");
        }

        return source;
    }

    private static bool TryParse(string text, out PackageVersion version)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        version = default;
        if (slash < 0 || !IsPackageName(text[..slash]) || !int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
        {
            return false;
        }

        version = new PackageVersion(text[..slash], number);
        return true;
    }

    private static bool IsPackageName(string name) =>
        name.Length <= 64 && name.Split('.').All(word => word.Length > 0 && char.IsAsciiLetterLower(word[0]) && word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'));
}
