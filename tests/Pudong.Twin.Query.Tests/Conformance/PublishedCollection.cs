using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;
using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Query.Tests.Conformance;

/// <summary>A collection of the published test data: its queryables as a schema, its features as records and as a table.</summary>
internal sealed class PublishedCollection
{
    private static readonly JsonSerializerOptions GeoJson = new() { Converters = { new GeoJsonConverterFactory() } };

    private PublishedCollection(Schema schema, ImmutableArray<RowOf> features)
    {
        Schema = schema;
        Features = features;
        var table = new ColumnTable<long>(schema);
        foreach (var feature in features)
        {
            table.TryInsert(feature.Id, feature.Values.AsSpan());
        }

        Table = table.Snapshot();
    }

    public Schema Schema { get; }

    public ImmutableArray<RowOf> Features { get; }

    public TableVersion<long> Table { get; }

    public static PublishedCollection Read(string name)
    {
        using var queryables = Open($"{name}.queryables.json");
        var schema = new Schema(queryables.RootElement.GetProperty("properties").EnumerateObject().Select(Queryable));
        using var collection = Open($"{name}.geojson");
        return new PublishedCollection(
            schema, [.. collection.RootElement.GetProperty("features").EnumerateArray().Select(feature => Feature(schema, feature))]);
    }

    private static JsonDocument Open(string file) => JsonDocument.Parse(File.ReadAllText(PublishedData.Find($"conformance/cql2/{file}")));

    private static Queryable Queryable(JsonProperty property)
    {
        var format = property.Value.TryGetProperty("format", out var found) ? found.GetString() : null;
        var type = property.Value.TryGetProperty("type", out found) ? found.GetString() : null;
        return new Queryable(property.Name, (type, format) switch
        {
            ("string", "date") => QueryableType.Date,
            ("string", "date-time") => QueryableType.Timestamp,
            ("string", _) => QueryableType.Text,
            ("number", _) => QueryableType.Number,
            ("integer", _) => QueryableType.Integer,
            ("boolean", _) => QueryableType.Boolean,
            (null, "geometry-point") => QueryableType.Point,
            _ => QueryableType.Geometry,
        });
    }

    private static RowOf Feature(Schema schema, JsonElement feature)
    {
        var properties = feature.GetProperty("properties");
        var values = schema.Queryables.Select(queryable => queryable.Name == "geom"
            ? Value.Of(feature.GetProperty("geometry").Deserialize<Geometry>(GeoJson))
            : ValueOf(queryable.Type, properties.GetProperty(queryable.Name)));
        return new RowOf(feature.GetProperty("id").GetInt64(), [.. values]);
    }

    private static Value ValueOf(QueryableType type, JsonElement json) => (json.ValueKind, type) switch
    {
        (JsonValueKind.Null, _) => Value.Null,
        (_, QueryableType.Date) => Value.Of(DateOnly.Parse(json.GetString()!, CultureInfo.InvariantCulture)),
        (_, QueryableType.Timestamp) => Value.Of(json.GetDateTimeOffset()),
        (_, QueryableType.Number) => Value.Of(json.GetDouble()),
        (_, QueryableType.Integer) => Value.Of(json.GetInt64()),
        (_, QueryableType.Boolean) => Value.Of(json.GetBoolean()),
        _ => Value.Of(json.GetString()),
    };

    /// <summary>A feature as the record that the row evaluator reads.</summary>
    public sealed record RowOf(long Id, ImmutableArray<Value> Values) : IRecord
    {
        public Value this[int ordinal] => Values[ordinal];
    }
}
