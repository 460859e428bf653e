using System.Buffers;
using System.Collections.Immutable;
using System.IO.Hashing;
using Orleans.Storage;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Grains.Partitions.Snapshots;

/// <summary>Writes and reads the chunks of one partition's snapshots, each as a grain state under its own name.</summary>
internal sealed class SnapshotStore(IGrainStorage storage, GrainId grain, PartitionOptions options)
{
    /// <summary>The state name of a chunk.</summary>
    public static string NameOf(int number, int chunk) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"snapshot-{number}-{chunk}");

    /// <summary>Writes all chunks of a snapshot; it does not count until the manifest names it.</summary>
    /// <param name="number">A number that was never used before.</param>
    /// <param name="cut">What it holds.</param>
    /// <param name="cancellationToken">Stops between two chunks.</param>
    public async Task<SnapshotGeneration> Write(int number, SnapshotCut cut, CancellationToken cancellationToken)
    {
        var marks = ImmutableArray.CreateBuilder<SnapshotChunkMark>();
        marks.Add(await WriteChunk(number, 0, SnapshotCodec.Head(cut)));
        var buffer = new ArrayBufferWriter<byte>(options.ChunkBytes + 4_096);
        SnapshotCodec.Begin(buffer);
        var pending = false;
        foreach (var state in cut.Table.States)
        {
            ElementStateCodec.Write(buffer, state);
            pending = true;
            if (buffer.WrittenCount >= options.ChunkBytes)
            {
                cancellationToken.ThrowIfCancellationRequested();
                marks.Add(await WriteChunk(number, marks.Count, buffer.WrittenSpan.ToArray()));
                SnapshotCodec.Begin(buffer);
                pending = false;
            }
        }

        if (pending)
        {
            marks.Add(await WriteChunk(number, marks.Count, buffer.WrittenSpan.ToArray()));
        }

        var package = cut.Table.Package;
        return new SnapshotGeneration(number, cut.Position, package.Version, package.Content.Fingerprint, cut.Table.Count, cut.At, marks.DrainToImmutable());
    }

    /// <summary>Reads a snapshot.</summary>
    /// <param name="generation">The snapshot.</param>
    /// <param name="package">Its package.</param>
    /// <param name="content">A fresh partition, which becomes what the snapshot holds.</param>
    /// <exception cref="SnapshotDamagedException">A chunk is missing or damaged.</exception>
    public async Task Read(SnapshotGeneration generation, ModelPackage package, PartitionContent content)
    {
        content.Restore(package, generation.Position);
        var states = new List<ElementState>();
        for (var chunk = 0; chunk < generation.Chunks.Length; chunk++)
        {
            var bytes = await ReadChunk(generation, chunk);
            try
            {
                states.Clear();
                if (chunk == 0)
                {
                    SnapshotCodec.ReadHead(bytes, content);
                }
                else
                {
                    SnapshotCodec.ReadStates(bytes, states);
                    content.Table.Put(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(states));
                }
            }
            catch (Exception mistake) when (mistake is InvalidDataException or ArgumentException or FormatException)
            {
                throw new SnapshotDamagedException($"Chunk '{NameOf(generation.Number, chunk)}' of {grain} is not a chunk of a snapshot.", mistake);
            }
        }

        if (content.Table.Count != generation.Elements)
        {
            throw new SnapshotDamagedException($"Snapshot {generation.Number} of {grain} holds {content.Table.Count} elements; {generation.Elements} were written.");
        }
    }

    /// <summary>Removes the chunks of a snapshot, finished or not.</summary>
    /// <param name="number">Its number.</param>
    public async Task Remove(int number)
    {
        // Chunks were written one after another, so the first that is missing ends them. The last is removed first, lest a broken removal hides the rest.
        var found = new List<(string Name, GrainState<SnapshotChunk> State)>();
        for (var chunk = 0; ; chunk++)
        {
            var state = new GrainState<SnapshotChunk>(new SnapshotChunk());
            await storage.ReadStateAsync(NameOf(number, chunk), grain, state);
            if (!state.RecordExists)
            {
                break;
            }

            state.State = new SnapshotChunk();
            found.Add((NameOf(number, chunk), state));
        }

        for (var i = found.Count - 1; i >= 0; i--)
        {
            await storage.ClearStateAsync(found[i].Name, grain, found[i].State);
        }
    }

    private async Task<SnapshotChunkMark> WriteChunk(int number, int chunk, byte[] bytes)
    {
        await storage.WriteStateAsync(NameOf(number, chunk), grain, new GrainState<SnapshotChunk>(new SnapshotChunk { Bytes = bytes }));
        return new SnapshotChunkMark(bytes.Length, XxHash64.HashToUInt64(bytes));
    }

    private async Task<byte[]> ReadChunk(SnapshotGeneration generation, int chunk)
    {
        var name = NameOf(generation.Number, chunk);
        var state = new GrainState<SnapshotChunk>(new SnapshotChunk());
        await storage.ReadStateAsync(name, grain, state);
        var mark = generation.Chunks[chunk];
        var bytes = state.State?.Bytes ?? [];
        return state.RecordExists && bytes.Length == mark.Length && XxHash64.HashToUInt64(bytes) == mark.Hash
            ? bytes
            : throw new SnapshotDamagedException($"Chunk '{name}' of {grain} is missing or damaged.");
    }
}
