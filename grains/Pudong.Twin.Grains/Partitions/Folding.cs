using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Pudong.Twin.Contracts.Elements;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using EventResult = Pudong.Twin.Contracts.Elements.EventResult;

namespace Pudong.Twin.Grains.Partitions;

/// <summary>Folds events into one element: what an element grain does with them, and its partition where the grain does not answer.</summary>
internal static class Folding
{
    // What nearly every batch comes to: one event that changed its element and nothing else.
    private static readonly ImmutableArray<EventResult> OneApplied = [new EventResult(Outcome.Applied, [])];

    /// <summary>Applies events in order.</summary>
    /// <param name="package">The package in force.</param>
    /// <param name="state">The element before.</param>
    /// <param name="events">Its events, at least one.</param>
    /// <returns>The element afterwards and what became of each event. An event that the kernel fails on is refused and changes nothing.</returns>
    public static ElementApplied Apply(ModelPackage package, ElementState state, ImmutableArray<PositionedEvent> events)
    {
        if (events.Length == 1)
        {
            var transition = Apply(package, state, events[0]);
            return new ElementApplied(transition.State, IsPlain(transition) ? OneApplied : [ResultOf(transition)]);
        }

        var results = new EventResult[events.Length];
        for (var i = 0; i < results.Length; i++)
        {
            var transition = Apply(package, state, events[i]);
            state = transition.State;
            results[i] = ResultOf(transition);
        }

        return new ElementApplied(state, ImmutableCollectionsMarshal.AsImmutableArray(results));
    }

    private static Transition Apply(ModelPackage package, ElementState state, in PositionedEvent at)
    {
        try
        {
            return Kernel.Apply(package, state, at.Event, at.Position);
        }
        catch (Exception mistake)
        {
            // A mistake in the kernel or in a rule must stop neither the partition nor the element: the event waits in quarantine for the mended program.
            return Transition.Refused(state, new Refusal(
                RefusalReason.KernelFailed, $"The kernel failed on event '{at.Event.Id}' about {state.Id}: {mistake.GetType().Name}: {mistake.Message}", ""));
        }
    }

    private static bool IsPlain(in Transition transition) => transition.Outcome == Outcome.Applied && transition.Effects.IsEmpty;

    private static EventResult ResultOf(in Transition transition) => new(transition.Outcome, transition.Effects) { Refusal = transition.Refusal };
}
