using System.Buffers;
using System.Diagnostics;
using System.Text;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Events.Coding;

namespace Pudong.Twin.Benchmarks.Domain;

/// <summary>How fast events are read from JSON, and written to and read from their compact bytes, on one core.</summary>
internal sealed class EventForms : IBenchmark
{
    private const int Events = 100_000;

    public string Name => "event-forms";

    public string Question => "readings of 100,000 sensors: JSON to TwinEvent (wanted: 1,000,000 events/s), compact bytes written and read (wanted: 10,000,000 events/s), one core";

    public async Task Run(Session session, CancellationToken cancellationToken)
    {
        var reading = SyntheticCity.ReadingOf("smoke");
        var events = Enumerable.Range(0, Events)
            .Select(number => SyntheticCity.Reading(SyntheticCity.SensorId(number), reading, 1 + (number % 50 / 10.0), SyntheticCity.Start + number, number)).ToArray();
        var texts = events.Select(Json).ToArray();
        await session.Compare([], [_ => Task.FromResult(ReadJson(texts)), _ => Task.FromResult(WriteAndRead(events))], cancellationToken);
    }

    private static byte[] Json(TwinEvent e) => Encoding.UTF8.GetBytes(FormattableString.Invariant(
        $$"""{"specversion":"1.0","id":"{{e.Id}}","source":"{{e.Source}}","type":"{{e.Type}}","subject":"{{e.Subject}}","time":"{{DateTimeOffset.FromUnixTimeMilliseconds(e.Time):yyyy-MM-ddTHH:mm:ss.fffZ}}","data":{"reading":"smoke","value":{{((ReadingData)e.Data).Number}},"unit":"%/m"} }"""));

    private static Figure[] ReadJson(byte[][] texts)
    {
        var reader = new CloudEventReader(SyntheticCity.Package);
        var clock = Stopwatch.StartNew();
        foreach (var text in texts)
        {
            var result = reader.Read(text, SyntheticCity.Start + Events);
            if (result.Refusal is { } refusal)
            {
                throw new InvalidOperationException($"{refusal.Message} The measurement is void.");
            }
        }

        return [new("JSON read", Events / clock.Elapsed.TotalSeconds, "events/s"), new("JSON, length", texts.Average(text => text.Length), "B/event")];
    }

    private static Figure[] WriteAndRead(TwinEvent[] events)
    {
        var (output, ends) = (new ArrayBufferWriter<byte>(Events * 128), new int[Events]);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Events; i++)
        {
            TwinEventCodec.Write(events[i], SyntheticCity.Package, output);
            ends[i] = output.WrittenCount;
        }

        var written = clock.Elapsed.TotalSeconds;
        var (strings, start) = (new EventStrings(), 0);
        clock.Restart();
        foreach (var end in ends)
        {
            TwinEventCodec.Read(output.WrittenSpan[start..end], SyntheticCity.Package, strings);
            start = end;
        }

        return
        [
            new("compact bytes written", Events / written, "events/s"),
            new("compact bytes read", Events / clock.Elapsed.TotalSeconds, "events/s"),
            new("compact bytes, length", (double)output.WrittenCount / Events, "B/event"),
        ];
    }
}
