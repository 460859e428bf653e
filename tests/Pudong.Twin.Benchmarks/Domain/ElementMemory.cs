using Pudong.Twin.Domain.Elements;

namespace Pudong.Twin.Benchmarks.Domain;

/// <summary>How much heap the states of a whole city take.</summary>
internal sealed class ElementMemory : IBenchmark
{
    private const int Sensors = 926_000;
    private const int Enterprises = 503_400;
    private const int Buildings = 170_600;

    public string Name => "element-memory";

    public string Question => "926,000 cold sensors, 503,400 enterprises, 170,600 buildings, registered through the kernel; wanted: at most 400 B a sensor, 700 B an enterprise";

    public Task Run(Session session, CancellationToken cancellationToken)
    {
        var buildingIds = new ElementId[Buildings];
        var perBuildingId = Measure(() => Fill(buildingIds, SyntheticCity.BuildingId), Buildings);
        var (buildings, enterprises, sensors) = (new ElementState[Buildings], new ElementState[Enterprises], new ElementState[Sensors]);
        Print(session, "building", perBuildingId, Measure(() => Fill(buildings, number => SyntheticCity.Building(buildingIds[number], number)), Buildings));

        var ids = new ElementId[Enterprises];
        var perId = Measure(() => Fill(ids, SyntheticCity.EnterpriseId), Enterprises);
        Print(session, "enterprise", perId, Measure(
            () => Fill(enterprises, number => SyntheticCity.Enterprise(ids[number], number, buildingIds[number % Buildings])), Enterprises));

        var sensorIds = new ElementId[Sensors];
        perId = Measure(() => Fill(sensorIds, SyntheticCity.SensorId), Sensors);
        Print(session, "cold sensor", perId, Measure(
            () => Fill(sensors, number => SyntheticCity.Sensor(sensorIds[number], number, ids[number % Enterprises])), Sensors));

        var reading = SyntheticCity.ReadingOf("smoke");
        var warmed = Measure(() => Warm(sensors, reading), Sensors);
        session.Output.WriteLine(FormattableString.Invariant($"  {"eight readings add to a sensor",-44} {warmed,14:#,0.#} B"));
        GC.KeepAlive((buildings, enterprises, sensors));
        return Task.CompletedTask;
    }

    private static void Warm(ElementState[] sensors, int reading)
    {
        for (var i = 0; i < 8 * sensors.Length; i++)
        {
            var sensor = i % sensors.Length;
            var e = SyntheticCity.Reading(sensors[sensor].Id, reading, 1 + (i % 5), SyntheticCity.Start + (i / sensors.Length * 900_000L), i);
            sensors[sensor] = Kernel.Apply(SyntheticCity.Package, sensors[sensor], e).State;
        }
    }

    private static void Fill<T>(T[] places, Func<int, T> make)
    {
        for (var number = 0; number < places.Length; number++)
        {
            places[number] = make(number);
        }
    }

    private static double Measure(Action fill, int count)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        fill();
        return (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / count;
    }

    private static void Print(Session session, string what, double id, double state)
    {
        session.Output.WriteLine(FormattableString.Invariant($"  {what + ", state without its id",-44} {state,14:#,0.#} B"));
        session.Output.WriteLine(FormattableString.Invariant($"  {what + ", state and id",-44} {state + id,14:#,0.#} B"));
    }
}
