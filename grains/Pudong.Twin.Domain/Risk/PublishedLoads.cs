using System.Collections.Immutable;
using Orleans;

namespace Pudong.Twin.Domain.Risk;

/// <summary>What an element last told its neighbours about its own risk in one domain.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Version">Counts the publications of the domain from 1 and never falls, also when nothing is published any more.</param>
/// <param name="Loads">The loads, sorted by type; empty when the element has fallen silent.</param>
/// <remarks>RISK-MODEL.md, section 5, "Publishing".</remarks>
[GenerateSerializer, Immutable, Alias("pudong.published-loads")]
public readonly record struct PublishedLoads(
    [property: Id(0)] RiskDomain Domain,
    [property: Id(1)] uint Version,
    [property: Id(2)] ImmutableArray<Load> Loads);
