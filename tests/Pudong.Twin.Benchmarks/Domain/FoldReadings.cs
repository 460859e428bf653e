using System.Diagnostics;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Benchmarks.Domain;

/// <summary>How fast the kernel folds readings of many sensors on one core, beside the same sums over plain arrays.</summary>
internal sealed class FoldReadings : IBenchmark
{
    private const string Yardstick = "last, minimum, maximum, sum in arrays";
    private const int Sensors = 200_000;
    private const int Readings = 8;
    private const long Interval = 900_000;

    public string Name => "fold-readings";

    public string Question => "200,000 sensors, one reading each every 15 minutes, folded by Kernel.Apply on one core; wanted: 3,000,000 events/s";

    public async Task Run(Session session, CancellationToken cancellationToken)
    {
        var ids = Enumerable.Range(0, Sensors).Select(SyntheticCity.SensorId).ToArray();
        var hosts = Enumerable.Range(0, Sensors / 4).Select(SyntheticCity.BuildingId).ToArray();
        var states = ids.Select((id, number) => SyntheticCity.Sensor(id, number, hosts[number % hosts.Length])).ToArray();
        var events = Events(ids);
        await session.Compare([Yardstick], [_ => Task.FromResult(Plain(events)), _ => Task.FromResult(Fold(states, events))], cancellationToken);
    }

    private static TwinEvent[] Events(ElementId[] ids)
    {
        var reading = SyntheticCity.ReadingOf("smoke");
        var events = new TwinEvent[Sensors * Readings];
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = SyntheticCity.Reading(ids[i % Sensors], reading, 1 + (i % 5), SyntheticCity.Start + (i / Sensors * Interval), i);
        }

        return events;
    }

    private static Figure[] Fold(ElementState[] registered, TwinEvent[] events)
    {
        var states = registered.ToArray();
        GC.Collect();
        var (clock, busy, allocated, collections) = (Stopwatch.StartNew(), Processor.Time, GC.GetAllocatedBytesForCurrentThread(), GC.CollectionCount(0));
        for (var i = 0; i < events.Length; i++)
        {
            var sensor = i % Sensors;
            states[sensor] = Kernel.Apply(SyntheticCity.Package, states[sensor], events[i], new LogPosition(i + 1)).State;
        }

        var seconds = clock.Elapsed.TotalSeconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return states[^1].Revision == registered[^1].Revision + Readings
            ?
            [
                new("Kernel.Apply", events.Length / seconds, "events/s"),
                new("Kernel.Apply, processor time", (Processor.Time - busy).TotalNanoseconds / events.Length, "ns/event"),
                new("Kernel.Apply, allocated", (double)allocated / events.Length, "B/event"),
                new("Kernel.Apply, collections", GC.CollectionCount(0) - collections, "gen0"),
            ]
            : throw new InvalidOperationException($"Sensor {states[^1].Id} is at revision {states[^1].Revision}; the measurement is void.");
    }

    private static Figure[] Plain(TwinEvent[] events)
    {
        var (last, minimum, maximum, sum) = (new double[Sensors], new double[Sensors], new double[Sensors], new double[Sensors]);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < events.Length; i++)
        {
            var (sensor, value) = (i % Sensors, ((ReadingData)events[i].Data).Number);
            last[sensor] = value;
            minimum[sensor] = Math.Min(minimum[sensor], value);
            maximum[sensor] = Math.Max(maximum[sensor], value);
            sum[sensor] += value;
        }

        return [new(Yardstick, events.Length / clock.Elapsed.TotalSeconds, "events/s")];
    }
}
