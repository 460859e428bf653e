using System.Collections.Immutable;
using Pudong.Twin.Domain.Elements;

namespace Pudong.Twin.Domain.Risk;

/// <summary>What an event left behind in the risk of one element, and what its neighbours must hear.</summary>
/// <param name="State">The new state; the same object when nothing changed.</param>
/// <param name="Messages">At most two for each neighbour, sorted by neighbour; what changed comes before what is wanted.</param>
public readonly record struct RiskTransition(RiskState State, ImmutableArray<InfluenceMessage> Messages);

/// <summary>A derived event for a neighbour; exactly one of the two contents is there.</summary>
/// <param name="To">The neighbour.</param>
/// <param name="Changed">What is offered to it now, or null.</param>
/// <param name="Wanted">What is wanted of it, or null.</param>
/// <remarks>RISK-MODEL.md, section 5, "Messages": between two partitions they arrive in the order of their causes.</remarks>
public readonly record struct InfluenceMessage(ElementId To, InfluenceChanged? Changed, InfluenceWanted? Wanted);
