using System.Collections.Frozen;

namespace Pudong.Twin.Domain.Packages;

/// <summary>A kind of relation from one element, its owner, to another one, its target.</summary>
/// <param name="Index">Its place in <see cref="ModelPackage.Relations"/>; a package that builds on another appends, so an index never changes its meaning.</param>
/// <param name="Name">The exact name, such as <c>locatedIn</c>.</param>
public sealed record RelationKind(int Index, string Name)
{
    /// <summary>The number under which it is stored.</summary>
    public uint Number { get; } = NameHash.Of(Name);

    /// <summary>What people read, seen from the owner: 位于 / is located in.</summary>
    public LocalText? Title { get; init; }

    /// <summary>What people read, seen from the target: 容纳 / holds.</summary>
    public LocalText? InverseTitle { get; init; }

    /// <summary>The kinds that may own one; empty for all.</summary>
    public FrozenSet<string> From { get; init; } = FrozenSet<string>.Empty;

    /// <summary>The kinds that may be its target; empty for all.</summary>
    public FrozenSet<string> To { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Whether the target is an area that holds the owner: such relations roll up and never carry risk (RISK-MODEL.md, section 7).</summary>
    public bool Containment { get; init; }

    /// <summary>How many relations of the kind an element may own at a time, 1 to 4,096; adding one more is refused.</summary>
    public int Limit { get; init; } = 64;

    /// <summary>Whether an element of a kind may own such a relation.</summary>
    /// <param name="kind">The owner's kind.</param>
    public bool MayBeFrom(string kind) => From.Count == 0 || From.Contains(kind);

    /// <summary>Whether an element of a kind may be the target of such a relation.</summary>
    /// <param name="kind">The target's kind.</param>
    public bool MayBeTo(string kind) => To.Count == 0 || To.Contains(kind);
}
