using System.Collections.Immutable;

namespace Pudong.Twin.Domain.Risk;

/// <summary>The couplings of a package by relation kind, direction and domain; what is not listed is 0.</summary>
/// <remarks>RISK-MODEL.md, section 5.</remarks>
public sealed class CouplingTable
{
    /// <summary>A table without couplings.</summary>
    public static readonly CouplingTable Empty = new([]);

    private readonly double[] _shares;
    private readonly int _domains;
    private readonly int _kinds;

    /// <summary>Makes a table.</summary>
    /// <param name="couplings">Its lines; of two for the same kind, direction and domain the later one counts.</param>
    public CouplingTable(ImmutableArray<Coupling> couplings)
    {
        Couplings = couplings;
        foreach (var coupling in couplings)
        {
            _domains = Math.Max(_domains, coupling.Domain.Index + 1);
            _kinds = Math.Max(_kinds, coupling.RelationKind + 1);
        }

        _shares = new double[_kinds * 2 * _domains];
        foreach (var coupling in couplings)
        {
            _shares[PlaceOf(coupling.RelationKind, coupling.Direction, coupling.Domain.Index)] = coupling.Share;
        }
    }

    /// <summary>The lines of the table.</summary>
    public ImmutableArray<Coupling> Couplings { get; }

    /// <summary>One more than the highest domain index with a coupling.</summary>
    public int Domains => _domains;

    /// <summary>The coupling <c>w</c> over one relation.</summary>
    /// <param name="relationKind">The index of the relation kind.</param>
    /// <param name="direction">Which way the influence runs.</param>
    /// <param name="domain">The domain.</param>
    /// <returns>0 where the table has no line.</returns>
    public double Share(ushort relationKind, RelationDirection direction, RiskDomain domain) =>
        relationKind < _kinds && domain.Index < _domains ? _shares[PlaceOf(relationKind, direction, domain.Index)] : 0;

    /// <summary>Whether relations of a kind carry influence at all.</summary>
    /// <param name="relationKind">The index of the relation kind.</param>
    public bool Couples(ushort relationKind) =>
        relationKind < _kinds && _shares.AsSpan(PlaceOf(relationKind, RelationDirection.FromOwner, 0), 2 * _domains).ContainsAnyExcept(0.0);

    private int PlaceOf(ushort kind, RelationDirection direction, int domain) => (((kind * 2) + (int)direction) * _domains) + domain;
}
