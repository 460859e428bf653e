namespace Pudong.Twin.Architecture.Tests;

/// <summary>The files of the repository that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Name of the solution file, by which the root is found.</summary>
    public const string Solution = "Pudong.Twin.sln";

    /// <summary>The folders that ship.</summary>
    public static readonly string[] Shipped = ["silo", "grains", "client", "deploy"];

    private static readonly string[] Produced = ["bin", "obj", "node_modules", "dist", "TestResults"];

    /// <summary>The folder that holds the solution.</summary>
    public static DirectoryInfo Root { get; } = Find();

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path below the root.</param>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root.FullName, path));

    /// <summary>Paths below the root of all files in a folder but those that a build produces.</summary>
    /// <param name="folder">A folder of the top level; nothing comes of one that does not exist yet.</param>
    public static IEnumerable<string> FilesOf(string folder)
    {
        var directory = new DirectoryInfo(Path.Combine(Root.FullName, folder));
        return directory.Exists ? FilesOf(directory) : [];
    }

    /// <summary>All projects of the repository.</summary>
    public static IReadOnlyList<ProjectFile> Projects() =>
        [.. Shipped.Append("tests").SelectMany(FilesOf).Where(path => path.EndsWith(".csproj", StringComparison.Ordinal)).Select(ProjectFile.Load)];

    private static IEnumerable<string> FilesOf(DirectoryInfo directory)
    {
        var files = directory.EnumerateFiles().Select(file => Path.GetRelativePath(Root.FullName, file.FullName).Replace('\\', '/'));
        var folders = directory.EnumerateDirectories().Where(folder => !Produced.Contains(folder.Name));
        return files.Concat(folders.SelectMany(FilesOf));
    }

    private static DirectoryInfo Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds {Solution}; run the tests from a build inside the repository.");
    }
}
