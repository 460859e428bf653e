using System.Globalization;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Tests.Identity;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Packages;

/// <summary>Each file of Broken is a package with mistakes; its last lines (<c>#! line,column: sentence</c>) are all the errors that must be reported, and no other.</summary>
public sealed class BrokenPackagesTests
{
    private const string Mark = "#! ";

    private static readonly string Folder = RepositoryFolder.OfTests("Packages", "Broken");

    public static TheoryData<string> Files() => [.. Directory.GetFiles(Folder, "*.yaml").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_ABrokenPackage_ReportsEveryMistakeWithItsPlace(string file)
    {
        var path = Path.Combine(Folder, file);
        var lines = File.ReadAllLines(path);
        var yaml = string.Concat(lines.Where(line => !line.StartsWith(Mark, StringComparison.Ordinal)).Select(line => line + "\n"));

        var result = PackageReader.Read(PackageSource.Of(file, yaml), version => version.Name == "test.broken" ? PackageSource.Of(file, yaml) : null);

        var errors = result.Errors.Select(error => string.Create(CultureInfo.InvariantCulture, $"{Mark}{error.Line},{error.Column}: {error.Message}")).ToArray();
        if (RepositoryFolder.WritesExpected)
        {
            File.WriteAllText(path, yaml + string.Concat(errors.Select(error => error + "\n")));
        }

        Assert.Null(result.Package);
        Assert.NotEmpty(errors);
        Assert.All(result.Errors, error => Assert.Equal(file, error.File));
        Assert.Equal(lines.Where(line => line.StartsWith(Mark, StringComparison.Ordinal)), errors);
    }

    [Fact]
    public void Files_OfBrokenPackages_AreMoreThanForty() => Assert.True(Directory.GetFiles(Folder, "*.yaml").Length > 40);
}
