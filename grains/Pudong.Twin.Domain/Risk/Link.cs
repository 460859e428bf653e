using Orleans;
using Pudong.Twin.Domain.Elements;

namespace Pudong.Twin.Domain.Risk;

/// <summary>A relation as one of its ends sees it; both ends know each.</summary>
/// <param name="Other">The element at the other end.</param>
/// <param name="Kind">The index of the relation kind in the package.</param>
/// <param name="Owned">Whether this end owns the relation.</param>
[GenerateSerializer, Immutable, Alias("pudong.link")]
public readonly record struct Link([property: Id(0)] ElementId Other, [property: Id(1)] ushort Kind, [property: Id(2)] bool Owned) : IComparable<Link>
{
    /// <summary>The direction from this end to the other.</summary>
    public RelationDirection Outwards => Owned ? RelationDirection.FromOwner : RelationDirection.ToOwner;

    /// <summary>The direction from the other end to this one.</summary>
    public RelationDirection Inwards => Owned ? RelationDirection.ToOwner : RelationDirection.FromOwner;

    /// <summary>Compares by other end, kind and ownership.</summary>
    /// <param name="other">Another link of the same element.</param>
    public int CompareTo(Link other)
    {
        var byEnd = Other.CompareTo(other.Other);
        var byKind = byEnd != 0 ? byEnd : Kind.CompareTo(other.Kind);
        return byKind != 0 ? byKind : Owned.CompareTo(other.Owned);
    }

    /// <summary>Whether one link comes before another.</summary>
    /// <param name="left">A link.</param>
    /// <param name="right">Another link.</param>
    public static bool operator <(Link left, Link right) => left.CompareTo(right) < 0;

    /// <summary>Whether one link comes after another.</summary>
    /// <param name="left">A link.</param>
    /// <param name="right">Another link.</param>
    public static bool operator >(Link left, Link right) => left.CompareTo(right) > 0;

    /// <summary>Whether one link comes before another or is the same.</summary>
    /// <param name="left">A link.</param>
    /// <param name="right">Another link.</param>
    public static bool operator <=(Link left, Link right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one link comes after another or is the same.</summary>
    /// <param name="left">A link.</param>
    /// <param name="right">Another link.</param>
    public static bool operator >=(Link left, Link right) => left.CompareTo(right) >= 0;
}
