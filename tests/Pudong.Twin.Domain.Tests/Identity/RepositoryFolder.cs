namespace Pudong.Twin.Domain.Tests.Identity;

/// <summary>Finds files of the repository from where the tests run.</summary>
internal static class RepositoryFolder
{
    /// <summary>The folder that holds the solution.</summary>
    public static DirectoryInfo Root { get; } = Find();

    /// <summary>A folder of this test project.</summary>
    /// <param name="parts">The folder's path below the project.</param>
    public static string OfTests(params string[] parts) => Path.Combine([Root.FullName, "tests", "Pudong.Twin.Domain.Tests", .. parts]);

    /// <summary>Whether expected files are to be written anew: only by hand, and then the difference is read.</summary>
    public static bool WritesExpected => Environment.GetEnvironmentVariable("TWIN_WRITE_EXPECTED") == "true";

    private static DirectoryInfo Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Pudong.Twin.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"No folder above '{AppContext.BaseDirectory}' holds Pudong.Twin.sln; run the tests inside the repository.");
    }
}
