using System.Collections.Immutable;
using Pudong.Twin.Domain.Elements;

namespace Pudong.Twin.Domain.Risk;

/// <summary>What an element can offer of one source and domain before and after an event, and how a neighbour sees the difference.</summary>
/// <remarks>
/// RISK-MODEL.md, section 5, "Offers": <c>V(i→j)</c> follows from the state. An own publication is a label of reach 1 with an empty path; what is offered has the coupling
/// multiplied in and the element appended to the path.
/// </remarks>
internal sealed class Offering(ElementId self, LabelKey key)
{
    private ImmutableArray<ElementId> _pathBefore;
    private ImmutableArray<ElementId> _pathAfter;

    /// <summary>The source and domain.</summary>
    public LabelKey Key { get; } = key;

    /// <summary>The label before the event, or nothing.</summary>
    public Influence? Before { get; set; }

    /// <summary>The label after the event, or nothing.</summary>
    public Influence? After { get; set; }

    /// <summary>The version with which the source fell silent; nothing when the label was lost.</summary>
    public uint? QuietVersion { get; set; }

    /// <summary>What a neighbour was offered before the event.</summary>
    public bool TryBefore(RiskParameters parameters, ElementId to, double share, out Influence offer) =>
        TryOffer(parameters, Before, to, share, ref _pathBefore, out offer);

    /// <summary>What a neighbour is offered after the event.</summary>
    public bool TryAfter(RiskParameters parameters, ElementId to, double share, out Influence offer) =>
        TryOffer(parameters, After, to, share, ref _pathAfter, out offer);

    // All but what is below the threshold, comes from the neighbour or through it.
    private bool TryOffer(RiskParameters parameters, in Influence? label, ElementId to, double share, ref ImmutableArray<ElementId> path, out Influence offer)
    {
        offer = default;
        if (label is not { } known || known.Reach * share < parameters.Threshold || known.Source == to || known.Path.Contains(to))
        {
            return false;
        }

        // One path object serves all neighbours.
        if (path.IsDefault)
        {
            path = known.Path.Add(self);
        }

        offer = new Influence(known.Source, known.Domain, known.Reach * share, path, known.Version, known.Loads);
        return true;
    }
}
