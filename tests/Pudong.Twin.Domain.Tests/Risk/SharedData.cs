using Xunit;

namespace Pudong.Twin.Domain.Tests.Risk;

/// <summary>Finds data that lies beside the repository, shared by several checkouts.</summary>
internal static class SharedData
{
    /// <summary>The path of a file; without it the test is skipped, or fails where CI is "true".</summary>
    public static string PathOf(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Pudong.Twin.sln")))
        {
            folder = folder.Parent;
        }

        var path = Path.GetFullPath(Path.Combine(folder?.FullName ?? AppContext.BaseDirectory, "..", "shared", "data", name));
        if (!File.Exists(path))
        {
            var sentence = $"The file '{name}' is missing beside this checkout; expected it at '{path}'.";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", sentence);
            Assert.Skip(sentence);
        }

        return path;
    }
}
