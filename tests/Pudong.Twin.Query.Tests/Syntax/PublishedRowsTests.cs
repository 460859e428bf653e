using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pudong.Twin.Query.Syntax;
using Xunit;

namespace Pudong.Twin.Query.Tests.Syntax;

/// <summary>All rows of the standard's abstract test suite, as text and as JSON.</summary>
public sealed partial class PublishedRowsTests
{
    private const int Rows = 351;

    [Fact]
    public void Parse_EveryRow_IsTheSameTreeFromBothEncodings() =>
        Check(row => Assert.Equal(Cql2Json.Parse(row.Json), Cql2Text.Parse(row.Text)));

    [Fact]
    public void WriteJson_EveryRow_IsTheJsonThatIsPublished() =>
        Check(row =>
        {
            var written = Cql2Json.Write(Cql2Text.Parse(row.Text));
            Assert.True(JsonNode.DeepEquals(Comparable(row.Json), Comparable(written)), $"{row.Json} became {written}");
        });

    [Fact]
    public void WriteText_EveryRow_ReadsBackEqual() =>
        Check(row => Assert.Equal(Cql2Text.Parse(row.Text), Cql2Text.Parse(Cql2Text.Write(Cql2Json.Parse(row.Json)))));

    private static void Check(Action<(string Id, string Text, string Json)> check)
    {
        var rows = PublishedData.ReadLines("conformance/cql2/annex_a.jsonl").Select(Read).ToArray();

        Assert.Equal(Rows, rows.Length);
        Assert.All(rows, check);
    }

    /// <summary>Operators in lower case: eight rows say t_finishedby and the like, where the standard's schema says t_finishedBy as we do.</summary>
    private static JsonNode? Comparable(string json) => JsonNode.Parse(Operator().Replace(json, match => match.Value.ToLowerInvariant()));

    [GeneratedRegex("\"op\": *\"[^\"]*\"")]
    private static partial Regex Operator();

    private static (string Id, string Text, string Json) Read(string line)
    {
        using var row = JsonDocument.Parse(line);
        return (row.RootElement.GetProperty("id").GetString()!, row.RootElement.GetProperty("cql2_text").GetString()!, row.RootElement.GetProperty("cql2_json").GetRawText());
    }
}
