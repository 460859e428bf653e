namespace Pudong.Twin.Domain.Risk;

/// <summary>One line of the package's coupling table: over relations of a kind, in one direction and domain, a share of an element's own risk reaches its neighbour.</summary>
/// <param name="RelationKind">The index of the relation kind in the package.</param>
/// <param name="Direction">Which way the influence runs.</param>
/// <param name="Domain">The domain.</param>
/// <param name="Share"><c>w</c>: 0 to <c>g_max</c>.</param>
/// <remarks>RISK-MODEL.md, section 5.</remarks>
public readonly record struct Coupling(ushort RelationKind, RelationDirection Direction, RiskDomain Domain, double Share);
