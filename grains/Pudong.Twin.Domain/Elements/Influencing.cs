using System.Diagnostics;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Domain.Elements;

/// <summary>Takes the outcome of a risk calculation into the element and its messages into the effects.</summary>
internal static class Influencing
{
    /// <summary>The risk changes, and the neighbours hear of it at the element's clock.</summary>
    public static void Take(Draft draft, in RiskTransition weighed)
    {
        if (!weighed.State.Equals(draft.Risk))
        {
            // Influence that leaves the band alone would crowd everything else out of the timeline.
            draft.Changed(notable: weighed.State.Band != draft.Risk.Band);
            draft.Risk = weighed.State;
        }

        foreach (var message in weighed.Messages)
        {
            draft.Add(EventOf(draft, message));
        }
    }

    private static DerivedEvent EventOf(Draft draft, in InfluenceMessage message) => message switch
    {
        { Changed: { } changed } => new DerivedEvent(message.To, BuiltIn.InfluenceChanged, draft.Clock, new InfluenceChangedData(draft.Before.Id, changed)),
        { Wanted: { } wanted } => new DerivedEvent(message.To, BuiltIn.InfluenceWanted, draft.Clock, new InfluenceWantedData(draft.Before.Id, wanted)),
        _ => throw new UnreachableException($"A message from {draft.Before.Id} to {message.To} says nothing."),
    };
}
