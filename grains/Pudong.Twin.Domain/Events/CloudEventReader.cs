using System.Collections.Immutable;
using System.Text.Json;
using Pudong.Twin.Domain.Events.Coding;
using Pudong.Twin.Domain.Events.Json;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Domain.Events;

/// <summary>Reads CloudEvents 1.0 from JSON, single or in batches, and checks them against a package; no document is built between.</summary>
/// <remarks>
/// What is refused says why, where (a JSON pointer within the event) and what would be right; it never throws on input. Stricter than the official SDK: no repeated members, no
/// spaces in the source. Not for several threads at once: each has its own reader.
/// </remarks>
public sealed class CloudEventReader
{
    private readonly CloudEventOptions _options;
    private readonly Refusals _refusals = new();
    private readonly EventParser _parser;

    /// <summary>Makes a reader.</summary>
    /// <param name="package">The package that events must agree with.</param>
    /// <param name="options">Bounds; <see cref="CloudEventOptions.Default"/> when null.</param>
    /// <param name="strings">Ids and sources to share; a cache of its own when null.</param>
    public CloudEventReader(ModelPackage package, CloudEventOptions? options = null, EventStrings? strings = null)
    {
        ArgumentNullException.ThrowIfNull(package);
        _options = options ?? CloudEventOptions.Default;
        _parser = new EventParser(PackageNames.Of(package), _refusals, _options, strings ?? new EventStrings());
    }

    /// <summary>Reads one event (<c>application/cloudevents+json</c>).</summary>
    /// <param name="json">UTF-8, the whole event and nothing else.</param>
    /// <param name="now">The time of receipt, in Unix milliseconds: an event without time gets it, and one too far ahead of it is refused.</param>
    public EventResult Read(ReadOnlySpan<byte> json, long now)
    {
        _refusals.Reset();
        if (json.Length > _options.EventLength)
        {
            return new EventResult(null, TooLong(json.Length));
        }

        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            var e = _parser.Read(ref reader, now);
            if (e is null)
            {
                return new EventResult(null, _refusals.First);
            }

            // Reads to the end, where anything but white space is a mistake that throws.
            reader.Read();
            return new EventResult(e, null);
        }
        catch (Exception mistake) when (IsNotJson(mistake))
        {
            return new EventResult(null, NotJson(mistake));
        }
    }

    /// <summary>Reads a batch (<c>application/cloudevents-batch+json</c>); one bad event never loses the others.</summary>
    /// <param name="json">UTF-8, an array of events.</param>
    /// <param name="now">The time of receipt, in Unix milliseconds.</param>
    public BatchResult ReadBatch(ReadOnlySpan<byte> json, long now)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                return Whole(RefusalReason.NotACloudEvent, $"The batch is {Refusals.Shown(ref reader)}; expected an array of events.");
            }

            return ReadEvents(ref reader, now);
        }
        catch (Exception mistake) when (IsNotJson(mistake))
        {
            return new BatchResult(NotJson(mistake), []);
        }
    }

    private BatchResult ReadEvents(ref Utf8JsonReader reader, long now)
    {
        var results = ImmutableArray.CreateBuilder<EventResult>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (results.Count == _options.BatchLength)
            {
                return Whole(RefusalReason.TooLarge, $"The batch has more than {_options.BatchLength} events; expected less.");
            }

            results.Add(ReadEvent(ref reader, now));
        }

        reader.Read();
        return new BatchResult(null, results.DrainToImmutable());
    }

    private EventResult ReadEvent(ref Utf8JsonReader reader, long now)
    {
        _refusals.Reset();
        var start = reader;
        var e = _parser.Read(ref reader, now);
        if (e is null)
        {
            // Wherever the refusal left the reader, the next event begins behind this one.
            reader = start;
            reader.Skip();
        }

        var length = reader.BytesConsumed - start.TokenStartIndex;
        return length > _options.EventLength ? new EventResult(null, TooLong(length)) : new EventResult(e, e is null ? _refusals.First : null);
    }

    // Half of a surrogate pair in a text surfaces as an invalid operation.
    private static bool IsNotJson(Exception mistake) => mistake is JsonException or InvalidOperationException { Source: "System.Text.Json.Rethrowable" };

    private static Refusal NotJson(Exception mistake) => new(
        RefusalReason.NotACloudEvent,
        mistake is JsonException json
            ? FormattableString.Invariant($"This is not JSON: line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}; expected a CloudEvent in JSON.")
            : "A text is not valid Unicode; expected a CloudEvent in JSON.",
        "");

    private Refusal TooLong(long length) => new(RefusalReason.TooLarge, $"The event has {length} bytes; expected at most {_options.EventLength}.", "");

    private static BatchResult Whole(RefusalReason reason, string message) => new(new Refusal(reason, message, ""), []);
}
