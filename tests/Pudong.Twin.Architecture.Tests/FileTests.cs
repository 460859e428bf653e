using Xunit;

namespace Pudong.Twin.Architecture.Tests;

/// <summary>What holds for the files of the repository.</summary>
public sealed class FileTests
{
    private const int MostLines = 400;

    private static readonly string[] TopLevel =
    [
        "silo", "grains", "client", "tests", "deploy", ".ci",
        "README.md", "RESULTS.md", "LICENSE", "NOTICE", Repository.Solution,
        "Directory.Build.props", "Directory.Packages.props", "global.json", "nuget.config",
        ".editorconfig", ".gitattributes", ".gitignore", ".dockerignore",
    ];

    /// <summary>What tools leave behind and .gitignore keeps out.</summary>
    private static readonly string[] NotOurs = [".git", ".vs", ".vscode", ".idea", "artifacts", "data", "TestResults", "BenchmarkDotNet.Artifacts", "node_modules"];

    private static readonly string[] Outside = ["../shared", "/work/shared", "../.library", "/work/.library"];

    private static readonly string[] CodeEndings = [".cs", ".ts", ".tsx"];

    [Fact]
    public void TopLevel_Names_AreAllowed() =>
        Complaints.None(
            from entry in Repository.Root.EnumerateFileSystemInfos()
            where !TopLevel.Contains(entry.Name) && !NotOurs.Contains(entry.Name)
            select $"{entry.Name} does not belong to the top level; put it into a folder of the layout, or say here why not.");

    [Fact]
    public void TopLevel_FilesThatEveryCloneNeeds_AreThere() =>
        Assert.All(
            ["README.md", "LICENSE", Repository.Solution, "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig", ".gitignore", ".ci/run"],
            path => Assert.True(File.Exists(Path.Combine(Repository.Root.FullName, path)), $"{path} is missing."));

    [Fact]
    public void ShippedFiles_AndReadme_PointToNothingOutside() =>
        Complaints.None(
            from path in Repository.Shipped.SelectMany(Repository.FilesOf).Append("README.md").Append(".ci/run")
            let text = Repository.Read(path)
            from outside in Outside
            where text.Contains(outside, StringComparison.Ordinal)
            select $"{path} names {outside}, which a clone does not have.");

    [Fact]
    public void CodeFiles_ThatShip_AreShort() =>
        Complaints.None(
            from path in Repository.Shipped.SelectMany(Repository.FilesOf)
            where CodeEndings.Contains(Path.GetExtension(path))
            let lines = File.ReadLines(Path.Combine(Repository.Root.FullName, path)).Count()
            where lines > MostLines
            select $"{path} has {lines} lines; a file holds one idea and at most {MostLines} lines.");

    [Fact]
    public void CiRun_Tests_WithTheCommandOfTheReadme()
    {
        const string Command = "dotnet test --solution Pudong.Twin.sln -c Release --max-parallel-test-modules 1";

        Assert.Contains(Command, Repository.Read("README.md"), StringComparison.Ordinal);
        Assert.Contains(Command, Repository.Read(".ci/run"), StringComparison.Ordinal);
    }
}
