using Xunit;

namespace Pudong.Twin.Architecture.Tests;

/// <summary>Which project may build on which.</summary>
public sealed class ReferenceTests
{
    /// <summary>What each shipped project may reference: Query ← Domain ← Contracts ← Grains ← Storage ← Silo; Contracts ← Client ← Api, Cli.</summary>
    private static readonly Dictionary<string, string[]> Below = new()
    {
        ["Query"] = [],
        ["Domain"] = ["Query"],
        ["Contracts"] = ["Domain", "Query"],
        ["Grains"] = ["Contracts", "Domain", "Query"],
        ["Storage"] = ["Grains", "Contracts", "Domain", "Query"],
        ["Client"] = ["Contracts", "Domain", "Query"],
        ["Api"] = ["Client", "Contracts", "Domain", "Query"],
        ["Cli"] = ["Client", "Contracts", "Domain", "Query"],
        // The process hosts the API as well.
        ["Silo"] = ["Storage", "Grains", "Api", "Client", "Contracts", "Domain", "Query"],
    };

    [Fact]
    public void Projects_OfEveryFolder_ReferenceOnlyDownwards() =>
        Complaints.None(
            from project in Repository.Projects()
            where !project.IsTest
            from reference in project.Projects
            where !(Below.TryGetValue(ShortName(project.Name), out var below) && below.Contains(ShortName(reference)))
            select $"{project.Path} references {reference}, which does not lie below it.");

    [Fact]
    public void Projects_ThatShip_AreOfTheLayout() =>
        Complaints.None(
            from project in Repository.Projects()
            where !project.IsTest && !Below.ContainsKey(ShortName(project.Name))
            select $"{project.Path} has no place in the layout; give it one in {nameof(ReferenceTests)} and in README.md.");

    [Fact]
    public void Query_Packages_KnowNoOrleans() =>
        Assert.DoesNotContain(PackagesOf("Query"), package => IsOrleans(package) || package.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    [Fact]
    public void Domain_Packages_KnowOrleansOnlyAsSerializer() =>
        Assert.All(
            PackagesOf("Domain").Where(IsOrleans),
            package => Assert.True(
                package is { Name: "Microsoft.Orleans.Serialization" or "Microsoft.Orleans.Serialization.Abstractions" } or { Name: "Microsoft.Orleans.CodeGenerator", IsPrivate: true },
                $"Domain references {package.Name}; of Orleans it may have only Microsoft.Orleans.Serialization, and Microsoft.Orleans.CodeGenerator with PrivateAssets=\"all\"."));

    [Fact]
    public void Projects_OfEveryFolder_TakeVersionsFromOnePlace() =>
        Complaints.None(
            from project in Repository.Projects()
            where Repository.Read(project.Path).Contains(" Version=\"", StringComparison.Ordinal)
            select $"{project.Path} states a version; versions belong to Directory.Packages.props.");

    [Fact]
    public void Solution_Projects_AreThoseOfTheFolders()
    {
        var listed = Repository.Read(Repository.Solution).Replace('\\', '/').Split('"').Where(part => part.EndsWith(".csproj", StringComparison.Ordinal));

        Assert.Equal(Repository.Projects().Select(project => project.Path).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<Package> PackagesOf(string name) =>
        Repository.Projects().Where(project => ShortName(project.Name) == name).SelectMany(project => project.Packages);

    private static bool IsOrleans(Package package) => package.Name.StartsWith("Microsoft.Orleans", StringComparison.Ordinal);

    private static string ShortName(string name) => name.Replace("Pudong.Twin.", "", StringComparison.Ordinal);
}
