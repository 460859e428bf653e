using CsCheck;
using Pudong.Twin.Query.Syntax;
using Xunit;

namespace Pudong.Twin.Query.Tests.Syntax;

/// <summary>Whatever tree there is, both encodings carry it.</summary>
public sealed class RoundTripTests
{
    private const int Trees = 20_000;

    private readonly Action<string> _writeLine = TestContext.Current.TestOutputHelper!.WriteLine;

    [Fact]
    public void Text_OfAnyTree_ReadsBackEqual() =>
        AnyExpression.Tree.Sample(tree => Equal(tree, Cql2Text.Parse(Cql2Text.Write(tree))), _writeLine, iter: Trees, print: Show);

    [Fact]
    public void Json_OfAnyTree_ReadsBackEqual() =>
        AnyExpression.Tree.Sample(tree => Equal(tree, Cql2Json.Parse(Cql2Json.Write(tree))), _writeLine, iter: Trees, print: Show);

    [Fact]
    public void TextThenJsonThenText_OfAnyTree_IsTheSameText() =>
        AnyExpression.Tree.Sample(
            tree =>
            {
                var text = Cql2Text.Write(tree);
                var json = Cql2Json.Write(Cql2Text.Parse(text));
                Assert.Equal(text, Cql2Text.Write(Cql2Json.Parse(json)));
            },
            _writeLine,
            iter: Trees,
            print: Show);

    [Fact]
    public void Spans_OfAnyTree_LieInsideTheirParents() =>
        AnyExpression.Tree.Sample(
            tree =>
            {
                var text = Cql2Text.Write(tree);
                SpanCheck.Tree(Cql2Text.Parse(text), text);
                var json = Cql2Json.Write(tree);
                SpanCheck.Tree(Cql2Json.Parse(json), json);
            },
            _writeLine,
            iter: Trees / 2,
            print: Show);

    private static void Equal(Expression expected, Expression actual) => Assert.Equal(expected, actual);

    private static string Show(Expression tree) => Cql2Json.Write(tree);
}
