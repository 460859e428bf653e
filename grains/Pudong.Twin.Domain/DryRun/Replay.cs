using System.Collections.Immutable;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Domain.DryRun;

/// <summary>Recorded events folded in memory under one package: every effect reaches its element before the next recorded event. Nothing outside is touched.</summary>
public sealed class Replay
{
    // A circle of derived events would be a fault of the kernel; a dry-run must end all the same.
    private const int EffectLimit = 1_000_000;

    private readonly Dictionary<ElementId, ElementState> _states;
    private readonly SortedDictionary<string, int> _cases = new(StringComparer.Ordinal);
    private readonly SortedDictionary<RefusalReason, int> _refusals = [];
    private readonly Queue<DerivedEvent> _effects = [];
    private int _ordinal;

    /// <summary>Begins a replay.</summary>
    /// <param name="package">The package that the events are folded under.</param>
    /// <param name="states">The elements to begin with, under that package; none for an empty city.</param>
    public Replay(ModelPackage package, IEnumerable<ElementState>? states = null)
    {
        Package = package;
        _states = (states ?? []).ToDictionary(state => state.Id);
    }

    /// <summary>The package that the events are folded under.</summary>
    public ModelPackage Package { get; }

    /// <summary>The elements as they now are.</summary>
    public IReadOnlyDictionary<ElementId, ElementState> States => _states;

    /// <summary>How often cases of each type were asked for, opened ones included.</summary>
    public IReadOnlyDictionary<string, int> Cases => _cases;

    /// <summary>How many events were refused for each reason.</summary>
    public IReadOnlyDictionary<RefusalReason, int> Refusals => _refusals;

    /// <summary>The latest event time met, in Unix milliseconds; <see cref="long.MinValue"/> before the first event.</summary>
    public long Clock { get; private set; } = long.MinValue;

    /// <summary>Folds recorded events, in their order, and all that follows from them.</summary>
    /// <param name="events">Events from outside, in the form that <see cref="Package"/> gives them.</param>
    /// <returns>This replay.</returns>
    /// <exception cref="InvalidOperationException">One event had more than a million effects.</exception>
    public Replay Fold(IEnumerable<TwinEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        foreach (var e in events)
        {
            Clock = Math.Max(Clock, e.Time);
            Apply(e);
            Settle(e);
        }

        return this;
    }

    private void Settle(TwinEvent cause)
    {
        for (var left = EffectLimit; _effects.TryDequeue(out var effect); left--)
        {
            if (left == 0)
            {
                throw new InvalidOperationException($"Event '{cause.Id}' about {cause.Subject} has more than {EffectLimit} effects under package {Package.Version}.");
            }

            Apply(effect.ToEvent(new Cause(0, new LogPosition(1), _ordinal++)));
        }
    }

    private void Apply(TwinEvent e)
    {
        var state = _states.GetValueOrDefault(e.Subject) ?? ElementState.Unknown(e.Subject);
        var (next, effects, outcome, refusal) = Kernel.Apply(Package, state, e);
        if (refusal is not null)
        {
            _refusals[refusal.Reason] = _refusals.GetValueOrDefault(refusal.Reason) + 1;
            return;
        }

        _states[e.Subject] = next;
        if (outcome == Outcome.Applied && e.Data is CaseData opened && Package.FindEventType(e.Type)?.Action == EventAction.OpenCase)
        {
            Count(opened.CaseType);
        }

        Take(effects);
    }

    private void Take(ImmutableArray<Effect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case DerivedEvent derived:
                    _effects.Enqueue(derived);
                    break;
                case CaseRequested requested:
                    Count(requested.CaseType);
                    break;
            }
        }
    }

    private void Count(string caseType) => _cases[caseType] = _cases.GetValueOrDefault(caseType) + 1;

    /// <summary>How many pieces of evidence of each type came together on all elements.</summary>
    public IReadOnlyDictionary<string, long> Evidence()
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var state in _states.Values)
        {
            foreach (var load in state.Risk.Loads)
            {
                var name = Package.Risk.Find(load.Type)?.Name ?? $"#{load.Type}";
                counts[name] = counts.GetValueOrDefault(name) + load.Pieces;
            }
        }

        return counts;
    }

    /// <summary>The band and score of an element at the replay's clock.</summary>
    /// <param name="id">The element.</param>
    /// <returns>Null for an element that the replay does not know.</returns>
    public ElementStanding? StandingOf(ElementId id)
    {
        if (!_states.TryGetValue(id, out var state))
        {
            return null;
        }

        var baseLoad = ElementRisk.BaseLoad(Package, state).Amount;
        return new ElementStanding(
            BandRule.BandAt(Package.Risk, baseLoad, state.Risk, Clock), 100 * RiskScore.RiskAt(Package.Risk, baseLoad, state.Risk, Clock));
    }
}

/// <summary>Band and score of an element at the end of a replay.</summary>
/// <param name="Band">The band.</param>
/// <param name="Score">0 to 100.</param>
public readonly record struct ElementStanding(RiskBand Band, double Score);
