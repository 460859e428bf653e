using Xunit;

namespace Pudong.Twin.Query.Tests;

/// <summary>Published test data, which lies beside the repository and not in it.</summary>
internal static class PublishedData
{
    /// <summary>The lines of a file; without the data the test is skipped, and fails where every test has to run.</summary>
    /// <param name="path">Its path, such as <c>conformance/cql2/annex_a.jsonl</c>.</param>
    public static string[] ReadLines(string path) => File.ReadAllLines(Find(path));

    /// <summary>Where a file or folder of the data is; without the data the test is skipped, and fails where every test has to run.</summary>
    /// <param name="path">Its path inside the data.</param>
    public static string Find(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Pudong.Twin.sln")))
        {
            folder = folder.Parent;
        }

        var found = Path.GetFullPath(Path.Combine(folder?.FullName ?? ".", "..", "shared", path));
        if (!Path.Exists(found))
        {
            var sentence = $"The published data is not at {found}; put it there to run this test.";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", sentence);
            Assert.Fail(sentence);
        }

        return found;
    }
}
