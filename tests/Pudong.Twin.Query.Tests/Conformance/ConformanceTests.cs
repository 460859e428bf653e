using System.Collections.Concurrent;
using System.Text.Json;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Scans;
using Pudong.Twin.Query.Syntax;
using Xunit;

namespace Pudong.Twin.Query.Tests.Conformance;

/// <summary>All result rows of Annex A of CQL2, in both encodings, by the row evaluator and by the columnar scan.</summary>
public sealed class ConformanceTests
{
    private const int PublishedRows = 351;

    private static readonly ConcurrentDictionary<string, PublishedCollection> Collections = [];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Matches_EveryPublishedRow_SelectsTheExpectedFeatures(bool asJson) => CheckRows(asJson, (collection, filter) =>
        collection.Features.Count(feature => filter.Matches(feature, nowTicks: 0)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Count_EveryPublishedRow_SelectsTheExpectedFeatures(bool asJson) => CheckRows(asJson, (collection, filter) =>
        TableScan.Count([collection.Table], filter));

    private static void CheckRows(bool asJson, Func<PublishedCollection, Filter, long> count)
    {
        var rows = PublishedData.ReadLines("conformance/cql2/annex_a.jsonl");
        Assert.Equal(PublishedRows, rows.Length);
        Assert.Empty(rows.Select(row => Mistake(row, asJson, count)).OfType<string>());
    }

    // What is wrong with a row; null when nothing is.
    private static string? Mistake(string line, bool asJson, Func<PublishedCollection, Filter, long> count)
    {
        using var row = JsonDocument.Parse(line);
        var text = row.RootElement.GetProperty("cql2_text").GetString()!;
        var expression = asJson ? Cql2Json.Parse(row.RootElement.GetProperty("cql2_json").GetRawText()) : Cql2Text.Parse(text);
        var collection = Collections.GetOrAdd(row.RootElement.GetProperty("dataset").GetString()!, PublishedCollection.Read);

        var found = count(collection, Filter.Bind(expression, collection.Schema));

        var expected = row.RootElement.GetProperty("expected").GetInt64();
        return found == expected ? null : $"{text} gave {found} and not {expected}";
    }
}
