using System.Collections.Immutable;
using Pudong.Twin.Contracts.Catalogue;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Grains.Catalogue;

/// <summary>What the catalogue keeps in the grain storage.</summary>
[GenerateSerializer, Alias("pudong.catalogue-state")]
public sealed record CatalogueState
{
    /// <summary>The packages that were put or were in force, in that order.</summary>
    [Id(0)]
    public ImmutableArray<KeptPackage> Packages { get; init; } = [];

    /// <summary>The activations, oldest first; the last 256.</summary>
    [Id(1)]
    public ImmutableArray<Activation> History { get; init; } = [];

    /// <summary>How many activations have begun since the city was founded.</summary>
    [Id(2)]
    public long Begun { get; init; }

    /// <summary>The activation that some partitions may not have in their logs yet; null when all have.</summary>
    [Id(3)]
    public PendingActivation? Pending { get; init; }

    /// <summary>The version in force; null before the first activation.</summary>
    public PackageVersion? Active => History.IsEmpty ? null : History[^1].Version;
}

/// <summary>A package as the catalogue keeps it.</summary>
/// <param name="Version">Name and version.</param>
/// <param name="Files">Its files.</param>
/// <param name="Fingerprint">The fingerprint of its content, bases included.</param>
[GenerateSerializer, Immutable, Alias("pudong.kept-package")]
public sealed record KeptPackage(
    [property: Id(0)] PackageVersion Version, [property: Id(1)] ImmutableArray<PackageFile> Files, [property: Id(2)] ulong Fingerprint);

/// <summary>An activation that has begun.</summary>
/// <param name="Version">The package that is to be in force.</param>
/// <param name="Fingerprint">The fingerprint of its content.</param>
/// <param name="Number">Which activation of the city it is, from 1.</param>
/// <param name="At">When it began, in Unix milliseconds.</param>
[GenerateSerializer, Immutable, Alias("pudong.pending-activation")]
public sealed record PendingActivation(
    [property: Id(0)] PackageVersion Version, [property: Id(1)] ulong Fingerprint, [property: Id(2)] long Number, [property: Id(3)] long At);
