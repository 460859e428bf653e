using System.Buffers;
using System.Globalization;
using System.Text.Json;
using NetTopologySuite.Geometries;
using Pudong.Twin.Domain.Events.Json;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Domain.Events;

/// <summary>Writes events as structured CloudEvents 1.0 in JSON: what <see cref="CloudEventReader"/> reads, and derived events for people to look at.</summary>
/// <param name="package">The package that the events' ordinals belong to.</param>
public sealed class CloudEventWriter(ModelPackage package)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly DataJson _data = new(package);

    /// <summary>Writes one event.</summary>
    /// <param name="e">The event.</param>
    /// <param name="buffer">Where the JSON goes, in UTF-8.</param>
    /// <exception cref="ArgumentException">The package does not know the event's type or the subject's kind.</exception>
    public void Write(TwinEvent e, IBufferWriter<byte> buffer)
    {
        using var json = new Utf8JsonWriter(buffer, Options);
        Write(e, json);
    }

    /// <summary>Writes one event as a value.</summary>
    /// <param name="e">The event.</param>
    /// <param name="json">A writer that expects a value.</param>
    /// <exception cref="ArgumentException">The package does not know the event's type or the subject's kind.</exception>
    public void Write(TwinEvent e, Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(e);
        var type = package.FindEventType(e.Type) ?? throw new ArgumentException($"Package {package} has no event type '{e.Type}', which event '{e.Id}' is of.", nameof(e));
        json.WriteStartObject();
        json.WriteString("specversion", "1.0");
        json.WriteString("id", e.Id);
        json.WriteString("source", e.Source);
        json.WriteString("type", e.Type);
        json.WriteString("subject", e.Subject.ToString());
        json.WriteString("time", TimeOf(e.Time));
        if (e.ExpectedRevision is { } revision)
        {
            json.WriteNumber("expectedrevision", revision);
        }

        if (e.TraceParent is { } trace)
        {
            json.WriteString("traceparent", trace);
        }

        json.WriteStartObject("data");
        _data.Write(json, e, type);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes a geometry as GeoJSON.</summary>
    /// <param name="json">A writer that expects a value.</param>
    /// <param name="geometry">Longitude and latitude.</param>
    public static void WriteGeometry(Utf8JsonWriter json, Geometry geometry) => GeoJson.Write(json, geometry);

    internal static string TimeOf(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
}
