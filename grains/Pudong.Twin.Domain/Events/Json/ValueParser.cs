using System.Globalization;
using System.Text.Json;
using NetTopologySuite.Geometries;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Domain.Events.Json;

/// <summary>Reads one value of an attribute or a field and checks it against its declaration.</summary>
internal sealed class ValueParser(Refusals refusals, CloudEventOptions options)
{
    private readonly GeoJsonParser _geometries = new(refusals, options);

    /// <summary>The value at which the reader stands; null in JSON is NULL.</summary>
    /// <returns>Whether the value is right; the reader then stands at its last token.</returns>
    public bool TryRead(ref Utf8JsonReader reader, AttributeDefinition definition, out Value value)
    {
        value = Value.Null;
        return reader.TokenType == JsonTokenType.Null || definition.Queryable.Type switch
        {
            QueryableType.Text => TryText(ref reader, definition, out value),
            QueryableType.Number => TryNumber(ref reader, definition, out value),
            QueryableType.Integer => TryInteger(ref reader, definition, out value),
            QueryableType.Boolean => TryTruth(ref reader, definition, out value),
            QueryableType.Date => TryDay(ref reader, definition, out value),
            QueryableType.Timestamp => TryTime(ref reader, definition, out value),
            QueryableType.Point => TryGeometry(ref reader, out value) && (value.Geometry is Point || Wrong(ref reader, definition, "a GeoJSON point")),
            QueryableType.Geometry => TryGeometry(ref reader, out value),
            _ => Wrong(ref reader, definition, "a value of another type"),
        };
    }

    /// <summary>A finite number.</summary>
    public bool TryFinite(ref Utf8JsonReader reader, string name, out double number)
    {
        number = 0;
        if (reader.TokenType != JsonTokenType.Number)
        {
            return IsNoNumber(ref reader, name);
        }

        return ShortNumber.TryParse(reader.ValueSpan, out number) || (reader.TryGetDouble(out number) && double.IsFinite(number)) || IsTooLarge(ref reader, name);
    }

    public bool TryGeometry(ref Utf8JsonReader reader, out Value value)
    {
        var geometry = _geometries.Read(ref reader);
        value = Value.Of(geometry);
        return geometry is not null;
    }

    private bool TryText(ref Utf8JsonReader reader, AttributeDefinition definition, out Value value)
    {
        value = Value.Null;
        if (reader.TokenType != JsonTokenType.String)
        {
            return Wrong(ref reader, definition, definition.Queryable.Codes.IsEmpty ? "a text" : "one of its codes");
        }

        // A code needs no text of its own: the declared one serves all events.
        foreach (var code in definition.Queryable.Codes)
        {
            if (reader.ValueTextEquals(code))
            {
                value = Value.Of(code);
                return true;
            }
        }

        if (!definition.Queryable.Codes.IsEmpty)
        {
            return refusals.Refuse(RefusalReason.UnknownCode, $"The '{definition.Name}' is '{Cut(ref reader)}'; expected one of {string.Join(", ", definition.Queryable.Codes)}.");
        }

        // Three bytes at most for each UTF-16 code unit, six when it is escaped: no text is made of what is far too long.
        if (reader.ValueSpan.Length > definition.MaximumLength * 6 || reader.GetString() is not { } text || text.Length > definition.MaximumLength)
        {
            return refusals.Refuse(RefusalReason.TextTooLong, $"The '{definition.Name}' has {reader.ValueSpan.Length} bytes; expected at most {definition.MaximumLength} characters.");
        }

        value = Value.Of(text);
        return true;
    }

    private bool TryNumber(ref Utf8JsonReader reader, AttributeDefinition definition, out Value value)
    {
        var right = TryFinite(ref reader, definition.Name, out var number) && InRange(number, definition);
        value = Value.Of(number);
        return right;
    }

    private bool TryInteger(ref Utf8JsonReader reader, AttributeDefinition definition, out Value value)
    {
        value = Value.Null;
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number))
        {
            return Wrong(ref reader, definition, "a whole number of 64 bits");
        }

        value = Value.Of(number);
        return InRange(number, definition);
    }

    private bool TryTruth(ref Utf8JsonReader reader, AttributeDefinition definition, out Value value)
    {
        value = Value.Of(reader.TokenType == JsonTokenType.True);
        return reader.TokenType is JsonTokenType.True or JsonTokenType.False || Wrong(ref reader, definition, "true or false");
    }

    private bool TryDay(ref Utf8JsonReader reader, AttributeDefinition definition, out Value value)
    {
        var day = 0L;
        var right = reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false } && Rfc3339.TryParseDay(reader.ValueSpan, out day);
        value = Value.OfDay(day);
        return right || Wrong(ref reader, definition, "a day such as 2021-11-01");
    }

    private bool TryTime(ref Utf8JsonReader reader, AttributeDefinition definition, out Value value)
    {
        var ticks = 0L;
        var right = reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false } && Rfc3339.TryParse(reader.ValueSpan, out ticks);
        value = Value.OfTicks(ticks);
        return right || Wrong(ref reader, definition, "a time such as 2021-11-01T08:00:00Z");
    }

    private bool InRange(double number, AttributeDefinition definition) =>
        (number >= (definition.Minimum ?? double.MinValue) && number <= (definition.Maximum ?? double.MaxValue))
        || refusals.Refuse(RefusalReason.OutOfRange, string.Create(CultureInfo.InvariantCulture, $"The '{definition.Name}' is {number}; expected {RangeOf(definition)}."));

    private bool IsNoNumber(ref Utf8JsonReader reader, string name) =>
        refusals.Refuse(RefusalReason.WrongType, $"The '{name}' is {Refusals.Shown(ref reader)}; expected a number.");

    private bool IsTooLarge(ref Utf8JsonReader reader, string name) =>
        refusals.Refuse(RefusalReason.NotFinite, $"The '{name}' is {Refusals.Shown(ref reader)}, which is too large for a number; expected one below 1.8e308.");

    private static string RangeOf(AttributeDefinition definition) => (definition.Minimum, definition.Maximum) switch
    {
        ({ } low, { } high) => string.Create(CultureInfo.InvariantCulture, $"{low} to {high}"),
        ({ } low, _) => string.Create(CultureInfo.InvariantCulture, $"{low} or more"),
        var (_, high) => string.Create(CultureInfo.InvariantCulture, $"{high} or less"),
    };

    private bool Wrong(ref Utf8JsonReader reader, AttributeDefinition definition, string expected) =>
        refusals.Refuse(RefusalReason.WrongType, $"The '{definition.Name}' is {Refusals.Shown(ref reader)}; expected {expected}.");

    private static string Cut(ref Utf8JsonReader reader)
    {
        var text = reader.ValueSpan.Length > 400 ? "…" : reader.GetString()!;
        return text.Length > 40 ? string.Concat(text.AsSpan(0, 39), "…") : text;
    }
}
