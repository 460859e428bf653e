using CsCheck;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Tests.Packages;
using Pudong.Twin.Query.Evaluation;
using Xunit;
using static Pudong.Twin.Domain.Tests.Elements.Sample;

namespace Pudong.Twin.Domain.Tests.Elements;

public sealed class DeterminismTests
{
    private static readonly ElementId[] Elements = [Shop, NextDoor, Building, Sensor, ElementId.Parse("shop:s3"), ElementId.Parse("sensor:g2")];

    /// <summary>A history: everything is registered first, then anything happens to anyone.</summary>
    private static readonly Gen<TwinEvent[]> AnyHistory =
        Gen.Select(Gen.Int[0, Elements.Length - 1], Gen.Int[0, 7], Gen.Double[0, 48], Gen.Double[0, 1]).Array[0, 60].Select(steps =>
            (TwinEvent[])[.. Elements.Select(id => Registered(id)), .. steps.Select(step => EventOf(Elements[step.Item1], step.Item2, step.Item3, step.Item4))]);

    [Fact]
    public void Fold_TheSameLogTwice_EndsInOneHash() =>
        Gen.Select(AnyHistory, Gen.Int).Sample((log, seed) => HashOf(log, seed) == HashOf(log, seed), iter: 100);

    [Fact]
    public void Fold_EightInterleavingsOfIndependentElements_EndInOneHash() =>
        Gen.Select(AnyHistory, Gen.Int).Sample((log, seed) =>
        {
            var chance = new Random(seed);
            var independent = log.Where(e => e.Data is not RelationData).ToArray();
            var hashes = Enumerable.Range(0, 8).Select(_ => Hash(Interleaved(independent, chance))).Distinct().ToArray();
            return hashes.Length == 1;
        }, iter: 100);

    [Fact]
    public void Fold_WithEveryEventDeliveredTwice_EndsInTheSameState() =>
        Gen.Select(AnyHistory, Gen.Int).Sample((log, seed) =>
            HashOf(log, seed, settle: true) == HashOf([.. log.SelectMany(e => new[] { e, e })], seed, settle: true, twice: true), iter: 100);

    [Fact]
    public void Fold_ThenSnapshotAndRestore_GoesOnAsIfNothingHadBeen() =>
        Gen.Select(AnyHistory, Gen.Double[0, 1]).Sample((log, share) =>
        {
            var cut = (int)(share * log.Length);
            var states = new Dictionary<ElementId, ElementState>();
            for (var i = 0; i < log.Length; i++)
            {
                if (i == cut)
                {
                    states = states.ToDictionary(pair => pair.Key, pair => ElementStateCodecTests.Restored(pair.Value));
                }

                states[log[i].Subject] = Apply(states.GetValueOrDefault(log[i].Subject) ?? ElementState.Unknown(log[i].Subject), log[i]).State;
            }

            return StateHash.Of(states.Values) == Hash(log);
        }, iter: 100);

    private static StateHash HashOf(TwinEvent[] log, int seed, bool settle = false, bool twice = false) =>
        StateHash.Of(new TestCity(SmallPackage.Instance) { DeliversTwice = twice }.Send(log, new Random(settle ? 1 : seed), settle).States);

    // Without relations no effect reaches another element, so each element can be folded alone.
    private static StateHash Hash(IEnumerable<TwinEvent> log) =>
        StateHash.Of(log.GroupBy(e => e.Subject).Select(events => Fold(events.Key, events)));

    private static List<TwinEvent> Interleaved(TwinEvent[] log, Random chance)
    {
        var queues = log.GroupBy(e => e.Subject).Select(events => new Queue<TwinEvent>(events)).ToList();
        var mixed = new List<TwinEvent>();
        while (queues.Count > 0)
        {
            var queue = queues[chance.Next(queues.Count)];
            mixed.Add(queue.Dequeue());
            if (queue.Count == 0)
            {
                queues.Remove(queue);
            }
        }

        return mixed;
    }

    private static TwinEvent EventOf(ElementId id, int what, double hours, double number) => (id.Kind, what) switch
    {
        ("sensor", < 5) => Reading(id, what % 2, number * 100, hours),
        ("sensor", 5) => Related(id, SmallPackage.Monitors, number < 0.5 ? Shop : Building, hours),
        ("shop", 0 or 1) => Observed(id, hours, (Area, Value.Of(Math.Round(number * 1_000)))),
        ("shop", 2) => Related(id, SmallPackage.LocatedIn, Building, hours),
        ("shop", 3) => Related(id, SmallPackage.Adjoins, number < 0.5 ? NextDoor : Shop, hours),
        ("shop", 4) => Unrelated(id, SmallPackage.LocatedIn, Building, hours),
        (_, 5) => Case(id, number < 0.5 ? "case-opened" : "case-closed", "c1", hours, verified: number > 0.75),
        (_, 6) => Event(id, "evidence-cleared", new EvidenceEndData(SmallPackage.GasAlarm), hours),
        _ => Evidence(id, what % 3, number * 0.9, 0.5, hours),
    };
}
