using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Domain.Tests.Elements;

/// <summary>A city of some partitions: each applies its events in order, and effects travel between two partitions in the order of their causes, otherwise in any order.</summary>
internal sealed class TestCity(ModelPackage package, int partitions = 4)
{
    private readonly SortedDictionary<ElementId, ElementState> _states = [];
    private readonly long[] _positions = new long[partitions];
    private readonly SortedDictionary<(int From, int To), Queue<TwinEvent>> _waiting = [];
    private readonly Dictionary<(int From, int To), Cause> _marks = [];

    /// <summary>Whether every derived event is delivered twice.</summary>
    public bool DeliversTwice { get; init; }

    public IEnumerable<ElementState> States => _states.Values;

    public List<CaseRequested> Cases { get; } = [];

    public int Delivered { get; private set; }

    public ElementState this[ElementId id] => _states.TryGetValue(id, out var state) ? state : ElementState.Unknown(id);

    public ModelPackage Package { get; private set; } = package;

    public double RiskAt(ElementId id, long time) => ElementRisk.RiskAt(Package, this[id], time);

    /// <summary>Appends an event to its partition, which applies it at once.</summary>
    public Transition Send(TwinEvent e)
    {
        var partition = e.Subject.Partition(partitions);
        var position = new LogPosition(++_positions[partition]);
        var transition = Kernel.Apply(Package, this[e.Subject], e, position);
        _states[e.Subject] = transition.State;
        Take(transition, partition, position);
        return transition;
    }

    /// <summary>Sends events and delivers effects between them, as chance has it, until none waits.</summary>
    public TestCity Send(IEnumerable<TwinEvent> events, Random chance, bool settleBetween = false)
    {
        foreach (var e in events)
        {
            Send(e);
            while (_waiting.Count > 0 && (settleBetween || chance.Next(3) > 0))
            {
                DeliverOne(chance);
            }
        }

        return Settle(chance);
    }

    public TestCity Settle(Random chance, int limit = 200_000)
    {
        for (var left = limit; _waiting.Count > 0; left--)
        {
            if (left == 0)
            {
                throw new InvalidOperationException($"Traffic has not ended after {limit} events.");
            }

            DeliverOne(chance);
        }

        return this;
    }

    /// <summary>All partitions meet the activation of another package.</summary>
    public void Activate(ModelPackage next, long time)
    {
        var activation = new PackageActivation(Package, next, time);
        Package = next;
        foreach (var id in _states.Keys.ToArray())
        {
            var partition = id.Partition(partitions);
            var position = new LogPosition(++_positions[partition]);
            var transition = activation.Apply(_states[id], position);
            _states[id] = transition.State;
            Take(transition, partition, position);
        }
    }

    private void DeliverOne(Random chance)
    {
        var pair = _waiting.Keys.ElementAt(chance.Next(_waiting.Count));
        var queue = _waiting[pair];
        var e = queue.Dequeue();
        if (queue.Count == 0)
        {
            _waiting.Remove(pair);
        }

        for (var times = DeliversTwice ? 2 : 1; times > 0; times--)
        {
            // What partitions promise: each derived event once, by its cause.
            if (!_marks.TryGetValue(pair, out var mark) || e.Cause!.Value.IsAfter(mark))
            {
                _marks[pair] = e.Cause!.Value;
                Delivered++;
                Send(e);
            }
        }
    }

    private void Take(in Transition transition, int partition, LogPosition position)
    {
        for (var i = 0; i < transition.Effects.Length; i++)
        {
            switch (transition.Effects[i])
            {
                case CaseRequested requested:
                    Cases.Add(requested);
                    break;
                case DerivedEvent derived:
                    var pair = (partition, derived.Target.Partition(partitions));
                    if (!_waiting.TryGetValue(pair, out var queue))
                    {
                        _waiting[pair] = queue = new Queue<TwinEvent>();
                    }

                    queue.Enqueue(derived.ToEvent(new Cause(partition, position, i)));
                    break;
            }
        }
    }
}
