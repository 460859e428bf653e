using System.Diagnostics;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Benchmarks.Domain;

/// <summary>How fast the kernel folds nine readings for each piece of evidence whose influence spreads, on one core.</summary>
internal sealed class FoldMixed : IBenchmark
{
    private const int Sensors = 180_000;
    private const int Enterprises = 20_000;
    private const int Tenants = 5;
    private const int Events = 1_000_000;

    public string Name => "fold-mixed";

    public string Question => "180,000 sensors and 20,000 enterprises in 4,000 buildings, 10 % evidence with influence, on one core; wanted: 1,000,000 events/s";

    public async Task Run(Session session, CancellationToken cancellationToken)
    {
        var city = new City();
        await session.Compare([], [_ => Task.FromResult(city.Fold(deliver: false)), _ => Task.FromResult(city.Fold(deliver: true))], cancellationToken);
    }

    private sealed class City
    {
        private readonly ElementState[] _registered;
        private readonly TwinEvent[] _events = new TwinEvent[Events];
        private readonly Dictionary<ElementId, int> _places;

        public City()
        {
            var buildings = Enumerable.Range(0, Enterprises / Tenants).Select(number => SyntheticCity.Building(SyntheticCity.BuildingId(number), number)).ToArray();
            var enterprises = Enumerable.Range(0, Enterprises)
                .Select(number => SyntheticCity.Enterprise(SyntheticCity.EnterpriseId(number), number, buildings[number / Tenants].Id)).ToArray();
            var sensors = Enumerable.Range(0, Sensors).Select(number => SyntheticCity.Sensor(SyntheticCity.SensorId(number), number, enterprises[number % Enterprises].Id)).ToArray();
            _registered = [.. sensors, .. enterprises, .. buildings];
            _places = _registered.Select((state, place) => (state.Id, place)).ToDictionary(pair => pair.Id, pair => pair.place);
            Mirror();
            Write();
        }

        public Figure[] Fold(bool deliver)
        {
            var (states, waiting, derived) = (_registered.ToArray(), new Queue<DerivedEvent>(), 0);
            GC.Collect();
            var (clock, busy) = (Stopwatch.StartNew(), Processor.Time);
            for (var i = 0; i < Events; i++)
            {
                derived += Apply(states, _events[i], i, waiting, deliver);
                while (waiting.TryDequeue(out var effect))
                {
                    derived += Apply(states, effect.ToEvent(new Cause(0, new LogPosition(i + 1), derived)), i, waiting, deliver);
                }
            }

            var name = deliver ? "Kernel.Apply, effects delivered" : "Kernel.Apply, effects left";
            return
            [
                new(name, Events / clock.Elapsed.TotalSeconds, "events/s"),
                new($"{name}, derived ones with it", (Events + (deliver ? derived : 0)) / clock.Elapsed.TotalSeconds, "applied/s"),
                new($"{name}, processor time", (Processor.Time - busy).TotalNanoseconds / Events, "ns/event"),
                new($"{name}, derived", (double)derived / (Events / 10), "per piece"),
            ];
        }

        private int Apply(ElementState[] states, TwinEvent e, int i, Queue<DerivedEvent> waiting, bool deliver)
        {
            var place = i >= 0 && e.Cause is null ? PlaceOf(i) : _places[e.Subject];
            var transition = Kernel.Apply(SyntheticCity.Package, states[place], e, new LogPosition(i + 1));
            states[place] = transition.State;
            foreach (var effect in deliver ? transition.Effects : [])
            {
                waiting.Enqueue((DerivedEvent)effect);
            }

            return transition.Effects.Length;
        }

        // The partition of an element knows its row; looking it up is not the kernel's work.
        private static int PlaceOf(int i) => i % 10 == 9 ? Sensors + (i / 10 % Enterprises) : i % Sensors;

        // Registration has told the owners; here their other ends hear of it.
        private void Mirror()
        {
            for (var place = 0; place < Sensors + Enterprises; place++)
            {
                foreach (var relation in _registered[place].Relations)
                {
                    var mirrored = new DerivedEvent(relation.Other, "relation-mirrored", SyntheticCity.Start, new MirrorData(relation.Kind, _registered[place].Id, Added: true));
                    Apply(_registered, mirrored.ToEvent(new Cause(0, new LogPosition(1), place)), -1, new Queue<DerivedEvent>(), deliver: false);
                }
            }
        }

        private void Write()
        {
            var (reading, evidence) = (SyntheticCity.ReadingOf("smoke"), SyntheticCity.Package.FindEvidence("fire_exit_blocked")!.Index);
            for (var i = 0; i < Events; i++)
            {
                var id = _registered[PlaceOf(i)].Id;
                var time = SyntheticCity.Start + (i / Sensors * 900_000L) + (i % Sensors);
                _events[i] = i % 10 == 9 ? SyntheticCity.Evidence(id, evidence, time, i) : SyntheticCity.Reading(id, reading, 1 + (i % 5), time, i);
            }
        }
    }
}
