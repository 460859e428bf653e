using System.Collections.Immutable;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Grains.Partitions.Snapshots;

/// <summary>Which snapshots of a partition there are. Small, written last, and by its ETag the fence against a second activation.</summary>
[GenerateSerializer, Alias("pudong.snapshot-manifest")]
public sealed class SnapshotManifest
{
    /// <summary>The complete snapshots, the newest first, at most two.</summary>
    [Id(0)]
    public ImmutableArray<SnapshotGeneration> Generations { get; set; } = [];

    /// <summary>The number of the last snapshot that was begun; numbers are never used again, so no chunk is ever written over.</summary>
    [Id(1)]
    public int LastNumber { get; set; }

    /// <summary>Numbers of snapshots, given up or never finished, whose chunks may still be stored.</summary>
    [Id(2)]
    public ImmutableArray<int> Leftovers { get; set; } = [];

    /// <summary>Another object with the same content.</summary>
    public SnapshotManifest Copy() => new() { Generations = Generations, LastNumber = LastNumber, Leftovers = Leftovers };

    /// <summary>Becomes equal to another manifest.</summary>
    /// <param name="other">The other one.</param>
    public void CopyFrom(SnapshotManifest other)
    {
        ArgumentNullException.ThrowIfNull(other);
        (Generations, LastNumber, Leftovers) = (other.Generations, other.LastNumber, other.Leftovers);
    }
}

/// <summary>A complete snapshot.</summary>
/// <param name="Number">Its number, part of its chunks' names.</param>
/// <param name="Position">The position up to which it is complete.</param>
/// <param name="Package">The package whose ordinals and indexes its states have.</param>
/// <param name="Fingerprint">The fingerprint of that package's content.</param>
/// <param name="Elements">How many elements it holds.</param>
/// <param name="At">When it was begun, in Unix milliseconds.</param>
/// <param name="Chunks">Its chunks in order; the first one holds marks and quarantine, the others states.</param>
[GenerateSerializer, Immutable, Alias("pudong.snapshot-generation")]
public sealed record SnapshotGeneration(
    [property: Id(0)] int Number,
    [property: Id(1)] LogPosition Position,
    [property: Id(2)] PackageVersion Package,
    [property: Id(3)] ulong Fingerprint,
    [property: Id(4)] long Elements,
    [property: Id(5)] long At,
    [property: Id(6)] ImmutableArray<SnapshotChunkMark> Chunks);

/// <summary>How a chunk is known to be whole.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Hash">XXH64 (seed 0) of its bytes.</param>
[GenerateSerializer, Immutable, Alias("pudong.snapshot-chunk-mark")]
public readonly record struct SnapshotChunkMark([property: Id(0)] int Length, [property: Id(1)] ulong Hash);

/// <summary>A part of a snapshot, in a form of our own (<see cref="SnapshotCodec"/>).</summary>
[GenerateSerializer, Alias("pudong.snapshot-chunk")]
public sealed class SnapshotChunk
{
    /// <summary>The bytes.</summary>
    [Id(0)]
    public byte[] Bytes { get; set; } = [];
}

/// <summary>A snapshot that was written cannot be read: a chunk is missing, damaged, or of a newer program.</summary>
/// <param name="message">One sentence that names snapshot and chunk.</param>
/// <param name="inner">What reading it met, if there is more to tell.</param>
public sealed class SnapshotDamagedException(string message, Exception? inner = null) : Exception(message, inner);
