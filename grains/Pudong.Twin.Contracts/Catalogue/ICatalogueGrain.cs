using System.Collections.Immutable;
using Orleans.Concurrency;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Contracts.Catalogue;

/// <summary>The model packages of the city: which there are, which one is in force, and since when. There is one, with key 0.</summary>
[Alias("pudong.catalogue"), GrainInterfaceType("pudong.catalogue")]
public interface ICatalogueGrain : IGrainWithIntegerKey
{
    /// <summary>All packages and the one in force.</summary>
    [Alias("list"), AlwaysInterleave]
    ValueTask<CatalogueView> List();

    /// <summary>The files of a package version, as they were put or are shipped. What was once in force is kept, so that a newer product still replays old logs.</summary>
    /// <param name="version">Name and version.</param>
    /// <returns>The files; empty when there is no such version.</returns>
    [Alias("sources"), AlwaysInterleave]
    ValueTask<ImmutableArray<PackageFile>> Sources(PackageVersion version);

    /// <summary>Validates a package and keeps it; it is not yet in force.</summary>
    /// <param name="files">Its YAML files.</param>
    /// <returns>All mistakes, or the version under which it is kept. The same content again is no mistake, another content under the same version is one.</returns>
    [Alias("put")]
    Task<PackagePut> Put(ImmutableArray<PackageFile> files);

    /// <summary>Puts a kept or shipped version in force: an event in the log of every partition. Once begun it is carried through, also over a crash.</summary>
    /// <param name="version">The version.</param>
    /// <param name="expected">The version that must be in force now; null for any.</param>
    /// <returns>Which version is in force now, and the sentence that says why it is not the one that was asked for.</returns>
    [Alias("activate"), ResponseTimeout("00:05:00")]
    Task<ActivationResult> Activate(PackageVersion version, PackageVersion? expected = null);

    /// <summary>Puts the version in force that was before this one.</summary>
    /// <param name="expected">The version that must be in force now; null for any.</param>
    [Alias("roll-back"), ResponseTimeout("00:05:00")]
    Task<ActivationResult> RollBack(PackageVersion? expected = null);
}

/// <summary>The packages and the one in force.</summary>
/// <param name="Active">The version in force; null before the first activation.</param>
/// <param name="Versions">All versions that can be put in force: the shipped ones, then those that were put, in that order.</param>
/// <param name="History">The activations, oldest first; the last 256.</param>
[GenerateSerializer, Immutable, Alias("pudong.catalogue-view")]
public sealed record CatalogueView(
    [property: Id(0)] PackageVersion? Active, [property: Id(1)] ImmutableArray<PackageVersion> Versions, [property: Id(2)] ImmutableArray<Activation> History);

/// <summary>A package came in force.</summary>
/// <param name="Version">The package.</param>
/// <param name="At">When, in Unix milliseconds.</param>
[GenerateSerializer, Immutable, Alias("pudong.activation")]
public sealed record Activation([property: Id(0)] PackageVersion Version, [property: Id(1)] long At);

/// <summary>What became of a package that was put.</summary>
/// <param name="Version">The version under which it is kept; null when it has mistakes.</param>
/// <param name="Mistakes">All mistakes, with file, line and column.</param>
[GenerateSerializer, Immutable, Alias("pudong.package-put")]
public sealed record PackagePut([property: Id(0)] PackageVersion? Version, [property: Id(1)] ImmutableArray<string> Mistakes);

/// <summary>What became of an activation.</summary>
/// <param name="Active">The version in force now.</param>
/// <param name="Refusal">Why it is not the one that was asked for; null when it is.</param>
[GenerateSerializer, Immutable, Alias("pudong.activation-result")]
public sealed record ActivationResult([property: Id(0)] PackageVersion? Active, [property: Id(1)] string? Refusal);
