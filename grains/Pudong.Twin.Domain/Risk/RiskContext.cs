using Pudong.Twin.Domain.Elements;

namespace Pudong.Twin.Domain.Risk;

/// <summary>What surrounds the risk of an element when an event happens, as of after the event.</summary>
/// <param name="Parameters">The package's numbers.</param>
/// <param name="Self">The element.</param>
/// <param name="Neighbours">Those it exchanges influence with.</param>
/// <param name="Base"><c>β</c>: its base load, in nats.</param>
/// <param name="Clock"><c>T</c>: the latest event time it has applied, this event included, in Unix milliseconds.</param>
public readonly record struct RiskContext(RiskParameters Parameters, ElementId Self, Neighbourhood Neighbours, double Base, long Clock);
