using System.Globalization;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Identity;

/// <summary>Data files that lie beside the repository and not in it.</summary>
internal static class SharedData
{
    /// <summary>The whole text of a file; skips the test where the file is absent, but not in CI.</summary>
    /// <param name="name">The file's name.</param>
    public static string Text(string name) => File.ReadAllText(Found(name));

    /// <summary>The lines of a file without its header; skips the test where the file is absent, but not in CI.</summary>
    /// <param name="name">The file's name.</param>
    public static string[][] Rows(string name) => [.. File.ReadLines(Found(name)).Skip(1).Select(line => line.Split(','))];

    private static string Found(string name)
    {
        var path = PathOf(name);
        if (path is null && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip($"The data file '{name}' is not on this machine.");
        }

        Assert.True(path is not null, $"The data file '{name}' is missing, and in CI it must be there.");
        return path;
    }

    private static string? PathOf(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Pudong.Twin.sln")))
            {
                var path = Path.Combine(folder.Parent!.FullName, string.Create(CultureInfo.InvariantCulture, $"shared/data/{name}"));
                return File.Exists(path) ? path : null;
            }
        }

        return null;
    }
}
