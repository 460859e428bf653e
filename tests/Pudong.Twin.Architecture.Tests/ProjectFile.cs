using System.Xml.Linq;

namespace Pudong.Twin.Architecture.Tests;

/// <summary>What a project file says about what it builds on.</summary>
/// <param name="Path">Its path below the root.</param>
/// <param name="Projects">Names of the projects it references.</param>
/// <param name="Packages">Its packages.</param>
internal sealed record ProjectFile(string Path, IReadOnlyList<string> Projects, IReadOnlyList<Package> Packages)
{
    /// <summary>Its name without extension, such as <c>Pudong.Twin.Query</c>.</summary>
    public string Name => NameOf(Path);

    /// <summary>Whether it is one of the projects that test or measure.</summary>
    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>Reads a project file.</summary>
    /// <param name="path">Its path below the root.</param>
    public static ProjectFile Load(string path)
    {
        var items = XDocument.Parse(Repository.Read(path)).Descendants().ToArray();
        return new ProjectFile(
            path,
            [.. Named(items, "ProjectReference").Select(item => NameOf(Include(item)))],
            [.. Named(items, "PackageReference").Select(item => new Package(Include(item), IsPrivate(item)))]);
    }

    private static IEnumerable<XElement> Named(XElement[] items, string name) =>
        items.Where(item => item.Name.LocalName == name && item.Attribute("Include") is not null);

    private static string Include(XElement item) => item.Attribute("Include")!.Value;

    private static string NameOf(string path) => System.IO.Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));

    private static bool IsPrivate(XElement item) =>
        (item.Attribute("PrivateAssets")?.Value ?? item.Elements().FirstOrDefault(child => child.Name.LocalName == "PrivateAssets")?.Value) == "all";
}

/// <summary>A package that a project references.</summary>
/// <param name="Name">Its name, such as <c>NetTopologySuite</c>.</param>
/// <param name="IsPrivate">Whether only this project's build uses it.</param>
internal sealed record Package(string Name, bool IsPrivate);
