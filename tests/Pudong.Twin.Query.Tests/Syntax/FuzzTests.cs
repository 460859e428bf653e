using System.Diagnostics;
using System.Text;
using CsCheck;
using Pudong.Twin.Query.Syntax;
using Xunit;

namespace Pudong.Twin.Query.Tests.Syntax;

/// <summary>Whatever comes in, a tree or a <see cref="Cql2Exception"/> with a place inside the source comes out, soon.</summary>
/// <remarks>A tree that comes out is written and read once more, in both encodings.</remarks>
public sealed class FuzzTests
{
    /// <summary>No input may take longer; the longest take some milliseconds, and a machine under load stretches them.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly Cql2Limits Wide = new() { Depth = 256, TextLength = 1_048_576 };

    private readonly Action<string> _writeLine = TestContext.Current.TestOutputHelper!.WriteLine;

    [Fact]
    public void ParseText_RandomCharacters_AnswersOrRefuses() => Sample(Broken.Characters, Text, 40_000);

    [Fact]
    public void ParseText_TokensInAnyOrder_AnswersOrRefuses() => Sample(Broken.Soup(Corpus.TextTokens), Text, 50_000);

    [Fact]
    public void ParseText_MutatedTexts_AnswersOrRefuses() => Sample(Broken.Mutated(Corpus.Texts, Corpus.TextTokens), Text, 60_000);

    [Fact]
    public void ParseJson_RandomBytes_AnswersOrRefuses() => Sample(Broken.Bytes, Utf8, 40_000);

    [Fact]
    public void ParseJson_RandomCharacters_AnswersOrRefuses() => Sample(Broken.Characters, Json, 10_000);

    [Fact]
    public void ParseJson_TokensInAnyOrder_AnswersOrRefuses() => Sample(Broken.Soup(Corpus.JsonTokens), Json, 40_000);

    [Fact]
    public void ParseJson_MutatedJson_AnswersOrRefuses() => Sample(Broken.Mutated(Corpus.Jsons, Corpus.JsonTokens), Json, 60_000);

    [Fact]
    public void Parse_DeepNesting_AnswersOrRefuses() => Sample(Broken.Deep, Both, 1_500);

    [Fact]
    public void Parse_HugeLiterals_AnswersOrRefuses() => Sample(Broken.Huge, Both, 1_500);

    private static string Text(string source) => Survives(source, text => Cql2Text.Parse(text));

    private static string Json(string source) => Survives(source, json => Cql2Json.Parse(json));

    private static string Utf8(byte[] source) => Survives(Encoding.UTF8.GetString(source), _ => Cql2Json.Parse(source));

    private static string Both(string source) => $"text {Text(source)}, json {Json(source)}";

    private static string Survives(string source, Func<string, Expression> parse)
    {
        var started = Stopwatch.GetTimestamp();
        var outcome = Outcome(source, parse);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Patience);
        return outcome;
    }

    private static string Outcome(string source, Func<string, Expression> parse)
    {
        Expression tree;
        try
        {
            tree = parse(source);
        }
        catch (Cql2Exception refusal)
        {
            Refusal.Inside(refusal.Error, source);
            return refusal.Error.Kind.ToString();
        }

        SpanCheck.Tree(tree, source);
        Assert.Equal(tree, Cql2Text.Parse(Cql2Text.Write(tree), Wide));
        Assert.Equal(tree, Cql2Json.Parse(Cql2Json.Write(tree), Wide));
        return "read";
    }

    private void Sample<T>(Gen<T> inputs, Func<T, string> outcome, int iterations) =>
        inputs.Sample(outcome, _writeLine, iter: iterations, print: Show);

    private static string Show<T>(T input) =>
        input is byte[] bytes ? Convert.ToHexString(bytes) : string.Concat($"{input}".Select(character => char.IsAsciiLetterOrDigit(character) || " (){}[],:'\"<>=+-*/%^._".Contains(character, StringComparison.Ordinal) ? character.ToString() : $"\\u{(int)character:X4}"));
}
