using CsCheck;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Rules;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Packages;

public sealed class PackageReaderTests
{
    private const string Head = """
        package:
          name: test.one
          version: 3
          title: {zh: 测试, en: Test}

        """;

    [Fact]
    public void Read_AFolder_TakesAllFilesTogether()
    {
        var result = PackageReader.Read(
            new PackageSource([new("z.yaml", Head), new("a.yaml", "kinds:\n  shop: {title: {zh: 商铺, en: Shop}}\n"), new("b.yaml", "kinds:\n  stall: {title: {zh: 摊位, en: Stall}}\n")]), NoBase);

        Assert.Empty(result.Errors);
        Assert.Equal("test.one/3", result.Package!.ToString());
        Assert.Equal(["shop", "stall"], result.Package.Kinds.Select(kind => kind.Name));
    }

    [Fact]
    public void Read_MistakesInSeveralFiles_ReportsAllWithTheirFiles()
    {
        var result = PackageReader.Read(
            new PackageSource([new("z.yaml", Head), new("a.yaml", "kinds: 7\n"), new("b.yaml", "laws:\n  a: 1\n"), new("c.yaml", "laws: [}\n")]), NoBase);

        Assert.Equal(["a.yaml(1,8)", "b.yaml(2,6)", "c.yaml(1,8)"], result.Errors.Select(error => error.ToString().Split(':')[0]));
    }

    [Fact]
    public void Read_TheSameContent_HasTheSameFingerprint()
    {
        var one = PackageReader.Read(PackageSource.Of("a.yaml", Head), NoBase).Package!;
        var same = PackageReader.Read(PackageSource.Of("a.yaml", Head.ReplaceLineEndings("\r\n")), NoBase).Package!;
        var other = PackageReader.Read(PackageSource.Of("a.yaml", Head + "# more\n"), NoBase).Package!;

        Assert.Equal(one.Content.Fingerprint, same.Content.Fingerprint);
        Assert.NotEqual(one.Content.Fingerprint, other.Content.Fingerprint);
    }

    [Fact]
    public void Read_ALayer_AddsToWhatIsBelow()
    {
        var street = ShippedPackages.Load("pudong.street");

        Assert.Equal([new PackageVersion("pudong.core", 1)], street.Content.Bases);
        Assert.NotNull(street.FindKind("enterprise"));
        Assert.True(street.FindRelation("locatedIn")!.MayBeFrom("shop"));
        Assert.False(ShippedPackages.Core.FindRelation("locatedIn")!.MayBeFrom("shop"));
        Assert.Equal(ShippedPackages.Core.FindRelation("supplies")!.Index, street.FindRelation("supplies")!.Index);
        Assert.NotEqual(ShippedPackages.Core.Content.Fingerprint, street.Content.Fingerprint);
    }

    [Fact]
    public void Read_ALayerThatExtendsAKind_BindsTheRulesBelowToIt()
    {
        var layer = """
            package: {name: test.layer, version: 1, extends: pudong.core/1, title: {zh: 层, en: Layer}}
            kinds:
              enterprise:
                extend: true
                attributes:
                  floor: {type: integer, title: {zh: 楼层, en: Floor}}

            """;

        var package = PackageReader.Read(PackageSource.Of("layer.yaml", layer), ShippedPackages.Find).Package!;

        var kind = package.FindKind("enterprise")!;
        Assert.Equal(kind.Attributes.Length - 1, kind.AttributeOf("floor"));
        var rule = package.FindEventType("abnormal-listed")!.RulesOf("enterprise")[0];
        Assert.Equal(kind.AttributeOf("permitState"), Assert.IsType<ChangeAttributeValue>(rule.Then[1]).Attribute);
    }

    [Fact]
    public void Read_ARule_IsBoundToEachKindItCanMeet()
    {
        var type = ShippedPackages.Core.FindEventType("inspection-resulted")!;

        Assert.Equal(["building", "enterprise"], type.RulesByKind.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(type.RulesOf("sensor"));
        Assert.Equal("inspection-fails", type.RulesOf("building")[0].Name);
    }

    [Theory]
    [InlineData("FileLength", "The file has 67 characters; expected at most 20.")]
    [InlineData("Nodes", "The file has more than 3 values, lists and mappings; split it or make it smaller.")]
    [InlineData("Files", "The package has 2 files; expected 1 to 1.")]
    [InlineData("Entries", "The section 'texts' has more than 1 entries; expected less.")]
    [InlineData("Errors", "There are 1 more errors; mend these first.")]
    public void Read_BeyondALimit_NamesIt(string limit, string message)
    {
        var limits = limit switch
        {
            "FileLength" => new PackageLimits { FileLength = 20 },
            "Nodes" => new PackageLimits { Nodes = 3 },
            "Files" => new PackageLimits { Files = 1 },
            "Entries" => new PackageLimits { Entries = 1 },
            _ => new PackageLimits { Errors = 1 },
        };
        PackageFile[] files = limit switch
        {
            "Files" => [new("a.yaml", Head), new("b.yaml", Head)],
            "Entries" => [new("a.yaml", Head + "texts: {a: {zh: 甲, en: A}, b: {zh: 乙, en: B}}\n")],
            "Errors" => [new("a.yaml", Head + "texts: {a: 1, b: 2}\n")],
            _ => [new("a.yaml", Head)],
        };

        Assert.Contains(message, PackageReader.Read(new PackageSource([.. files]), NoBase, limits).Errors.Select(error => error.Message));
    }

    [Fact]
    public void Read_TooManyLayers_NamesTheLimit()
    {
        PackageSource Layer(int number) => PackageSource.Of(
            "a.yaml", $"package: {{name: test.l{number}, version: 1, extends: test.l{number + 1}/1, title: {{zh: 层, en: Layer}}}}\n");

        var result = PackageReader.Read(Layer(1), version => Layer(int.Parse(version.Name["test.l".Length..], System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal(["More than 8 packages build on each other; expected less."], result.Errors.Select(error => error.Message));
    }

    [Fact]
    public void Read_AMutatedPackage_GivesAPackageOrErrors()
    {
        var text = ShippedPackages.SourceOf("pudong.street").Files[0].Text;
        Gen.Select(Gen.Int[0, text.Length - 1].Array[1, 3], Gen.Char["{}[]:,-'\"&*!|>%@# \n\t0aé"].Array[3]).Sample(
            (places, characters) =>
            {
                var changed = text.ToCharArray();
                for (var change = 0; change < places.Length; change++)
                {
                    changed[places[change]] = characters[change];
                }

                var result = PackageReader.Read(PackageSource.Of("a.yaml", new string(changed)), ShippedPackages.Find);
                return (result.Package is null) == (result.Errors.Length > 0) && result.Errors.All(error => error.Message.Length > 0 && error.Line > 0 && error.Column > 0);
            },
            iter: 40);
    }

    private static PackageSource? NoBase(PackageVersion version) => null;
}
