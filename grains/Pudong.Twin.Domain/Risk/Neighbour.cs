using Pudong.Twin.Domain.Elements;

namespace Pudong.Twin.Domain.Risk;

/// <summary>An element that influence is exchanged with, and the couplings to and from it.</summary>
/// <remarks>RISK-MODEL.md, section 5: of several relations between a pair the largest coupling counts.</remarks>
public sealed class Neighbour
{
    // First the couplings to the neighbour by domain, then those from it.
    private readonly double[] _shares;

    internal Neighbour(ElementId id, double[] shares)
    {
        Id = id;
        _shares = shares;
        Largest = shares.Max();
    }

    /// <summary>The neighbour.</summary>
    public ElementId Id { get; }

    /// <summary>The largest coupling in either direction.</summary>
    public double Largest { get; }

    /// <summary><c>w(i→n, d)</c>: the share of own risk that reaches the neighbour.</summary>
    /// <param name="domain">The domain.</param>
    public double ShareTo(RiskDomain domain) => domain.Index * 2 < _shares.Length ? _shares[domain.Index] : 0;

    /// <summary><c>w(n→i, d)</c>: the share of the neighbour's risk that comes from it.</summary>
    /// <param name="domain">The domain.</param>
    public double ShareFrom(RiskDomain domain) => domain.Index * 2 < _shares.Length ? _shares[(_shares.Length / 2) + domain.Index] : 0;

    /// <summary>Whether anything comes from the neighbour, in any domain.</summary>
    public bool ComesFrom => _shares.AsSpan(_shares.Length / 2).ContainsAnyExcept(0.0);

    /// <summary>Whether the couplings to it are those of another.</summary>
    internal bool HasSharesToOf(Neighbour other) =>
        _shares.AsSpan(0, _shares.Length / 2).SequenceEqual(other._shares.AsSpan(0, other._shares.Length / 2));
}
