using System.Text;
using Pudong.Twin.Query.Syntax;
using Xunit;

namespace Pudong.Twin.Query.Tests.Syntax;

/// <summary>What is just allowed is read, what is one more is refused with the bound's name.</summary>
public sealed class LimitsTests
{
    [Theory]
    [InlineData("((a))", "(((a)))", "(")]
    [InlineData("f(f(a))", "f(f(f(a)))", "(")]
    [InlineData("NOT NOT a", "NOT NOT NOT a", "NOT a")]
    [InlineData("- - a", "- - - a", "- a")]
    [InlineData("1 + 2 + 3", "1 + 2 + 3 + 4", "1 + 2")]
    [InlineData("2 ^ 3 ^ 4", "2 ^ 3 ^ 4 ^ 5", "2 ^ 3")]
    [InlineData("a IS NULL IS NULL", "a IS NULL IS NULL IS NULL", "a IS NULL")]
    [InlineData("((1,),)", "(((1,),),)", "(")]
    [InlineData("a IN (b, c)", "a IN ((b, c), d)", "(b, c)")]
    [InlineData("INTERVAL(f(a), '..')", "INTERVAL(f(g(a)), '..')", "(")]
    public void ParseText_OneLevelTooDeep_IsRefused(string allowed, string refused, string place)
    {
        var limits = new Cql2Limits { Depth = 2 };

        Assert.NotNull(Cql2Text.Parse(allowed, limits));
        var error = Assert.Throws<Cql2Exception>(() => Cql2Text.Parse(refused, limits)).Error;
        Assert.StartsWith("A filter may be nested 2 levels deep; another level starts at 1:", error.Message, StringComparison.Ordinal);
        Assert.Equal(place, refused.Substring(error.Span.Start, error.Span.Length));
        Assert.Equal(nameof(Cql2Limits.Depth), error.Bound);
    }

    [Theory]
    [InlineData("[[]]", "[[[]]]", 3)]
    [InlineData("""{"op":"not","args":[{"op":"f","args":[]}]}""", """{"op":"not","args":[{"op":"not","args":[{"op":"f","args":[]}]}]}""", 42)]
    [InlineData("""{"op":"f","args":[{"interval":["..",".."]}]}""", """{"op":"f","args":[[{"interval":["..",".."]}]]}""", 21)]
    public void ParseJson_OneLevelTooDeep_IsRefused(string allowed, string refused, int column)
    {
        var limits = new Cql2Limits { Depth = 2 };

        Assert.NotNull(Cql2Json.Parse(allowed, limits));
        var error = Assert.Throws<Cql2Exception>(() => Cql2Json.Parse(refused, limits)).Error;
        Assert.Equal($"A filter may be nested 2 levels deep; another level starts at 1:{column}.", error.Message);
        Assert.Equal(nameof(Cql2Limits.Depth), error.Bound);
    }

    [Theory]
    [InlineData("a IN (1, 2, 3)", "a IN (1, 2, 3, 4)", "4")]
    [InlineData("(1, 2, 3)", "(1, 2, 3, 4)", "4")]
    [InlineData("f(1, 2, 3)", "f(1, 2, 3, 4)", "4")]
    [InlineData("a AND b AND c", "a AND b AND c AND d", "d")]
    [InlineData("(a OR b) OR c", "(a OR b) OR (c OR d)", "c OR d")]
    public void ParseText_OneItemTooMany_IsRefused(string allowed, string refused, string place)
    {
        var limits = new Cql2Limits { ListItems = 3 };

        Assert.NotNull(Cql2Text.Parse(allowed, limits));
        Refuse(() => Cql2Text.Parse(refused, limits), "A list or an operation may have up to 3 items; another one starts", nameof(Cql2Limits.ListItems), refused, place);
    }

    [Theory]
    [InlineData("[1,2,3]", "[1,2,3,4]", "4")]
    [InlineData("""{"op":"f","args":[1,2,3]}""", """{"op":"f","args":[1,2,3,"d"]}""", "\"d\"")]
    [InlineData("""{"op":"or","args":[true,true,true]}""", """{"op":"or","args":[{"op":"or","args":[true,true]},{"op":"or","args":[true,true]}]}""", """{"op":"or","args":[true,true]}""")]
    public void ParseJson_OneItemTooMany_IsRefused(string allowed, string refused, string place)
    {
        var limits = new Cql2Limits { ListItems = 3 };

        Assert.NotNull(Cql2Json.Parse(allowed, limits));
        Refuse(() => Cql2Json.Parse(refused, limits), "A list or an operation may have up to 3 items; another one starts", nameof(Cql2Limits.ListItems), refused, place);
    }

    [Fact]
    public void Parse_OnePositionTooManyInAllGeometriesTogether_IsRefused()
    {
        const string Text = "S_EQUALS(LINESTRING(0 0, 1 1), MULTIPOINT(2 2, 3 3))";
        var json = Cql2Json.Write(Cql2Text.Parse(Text, new Cql2Limits { Vertices = 4 }));
        var limits = new Cql2Limits { Vertices = 3 };
        const string Rule = "The geometries of a filter may have up to 3 positions together; another one starts";

        Refuse(() => Cql2Text.Parse(Text, limits), Rule, nameof(Cql2Limits.Vertices), Text, "3");
        Refuse(() => Cql2Json.Parse(json, limits), Rule, nameof(Cql2Limits.Vertices), json, "[");
    }

    [Fact]
    public void Parse_OneCharacterTooMany_IsRefused()
    {
        var limits = new Cql2Limits { TextLength = 5 };
        const string Sentence = "A filter may have up to 5 characters; this one has 6.";

        Assert.NotNull(Cql2Text.Parse("a = 1", limits));
        Assert.NotNull(Cql2Json.Parse("12345", limits));
        // Characters count, not bytes.
        Assert.NotNull(Cql2Json.Parse("\"建筑层\""u8, limits));
        Assert.Equal(Sentence, Assert.Throws<Cql2Exception>(() => Cql2Text.Parse("a = 12", limits)).Message);
        Assert.Equal(Sentence, Assert.Throws<Cql2Exception>(() => Cql2Json.Parse("123456", limits)).Message);
        Assert.Equal(Sentence, Assert.Throws<Cql2Exception>(() => Cql2Json.Parse("\"建筑层数\""u8, limits)).Message);
    }

    [Fact]
    public void Parse_PolygonOfLongEdgesSideBySide_IsRefusedBeforeItIsChecked()
    {
        // 1,500 diagonals from south to north and back, each beside the one before: over 4 million pairs of edges.
        var text = new StringBuilder("POLYGON((");
        for (var index = 0; index < 1_500; index++)
        {
            text.Append(FormattableString.Invariant($"{index * 0.001:0.###} 0,{(index * 0.001) + 10:0.###} 9,"));
        }

        var source = text.Append("30 9,30 -1,0 -1,0 0))").ToString();

        Refuse(
            () => Cql2Text.Parse(source),
            "The polygons of a geometry may have up to 50000 pairs of edges with overlapping extents; one with more starts",
            nameof(Cql2Limits.EdgePairs),
            source,
            source);
    }

    [Fact]
    public void Parse_PolygonOfManyShortEdges_IsRead()
    {
        var circle = Enumerable.Range(0, 5_000).Select(index => Math.Tau * index / 5_000).Select(angle => FormattableString.Invariant($"{Math.Cos(angle):0.####} {Math.Sin(angle):0.####}"));
        var positions = circle.Distinct().ToArray();

        Assert.IsType<GeometryLiteral>(Cql2Text.Parse($"POLYGON(({string.Join(',', positions)},{positions[0]}))", new Cql2Limits { TextLength = 200_000 }));
    }

    [Fact]
    public void Write_TreeAsDeepAsAllowed_ReadsBackEqual()
    {
        var depth = Cql2Limits.Default.Depth;
        Expression tree = new PropertyReference("a");
        for (var level = 0; level < depth; level++)
        {
            tree = new Operation(level % 2 == 0 ? Operators.Equal : Operators.Power, [tree, new IntegerLiteral(level)]);
        }

        Assert.Equal(tree, Cql2Text.Parse(Cql2Text.Write(tree)));
        Assert.Equal(tree, Cql2Json.Parse(Cql2Json.Write(tree)));
    }

    private static void Refuse(Func<Expression> read, string rule, string bound, string source, string place)
    {
        var error = Assert.Throws<Cql2Exception>(read).Error;
        Refusal.Check(read, Cql2ErrorKind.FilterTooComplex, $"{rule} at 1:{error.Span.Column}.", source, place);
        Assert.Equal(bound, error.Bound);
    }
}
