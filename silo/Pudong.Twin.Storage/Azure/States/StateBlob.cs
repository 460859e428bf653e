using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Pudong.Twin.Storage.States;

namespace Pudong.Twin.Storage.Azure.States;

/// <summary>The blob of one record and, as its snapshot, the generation before.</summary>
/// <param name="container">The storage's container.</param>
/// <param name="name">The blob's name.</param>
internal sealed class StateBlob(BlobContainerClient container, string name)
{
    // Written into the blob's metadata: tells whether a refused write was refused by its own first attempt.
    private const string WriteMark = "write";
    // Names the snapshot that is the generation before; other snapshots are leftovers.
    private const string PreviousMark = "previous";
    private const int PartBytes = 4 * 1_024 * 1_024;

    private readonly BlockBlobClient _blob = container.GetBlockBlobClient(name);

    /// <summary>Stores a state on the condition that the record is as it was read.</summary>
    /// <param name="state">The state.</param>
    /// <param name="expected">The record's ETag, or null when there should be no record.</param>
    /// <param name="previous">The snapshot that becomes the generation before, if one is kept.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The new ETag, or null when the record is another.</returns>
    public async Task<ETag?> Write(EncodedState state, ETag? expected, string? previous, CancellationToken cancellationToken)
    {
        var mark = Guid.NewGuid().ToString("N");
        var metadata = new Dictionary<string, string> { [WriteMark] = mark };
        if (previous is not null)
        {
            metadata[PreviousMark] = previous;
        }

        using var content = new EncodedStateStream(state);
        try
        {
            BlobContentInfo written = await _blob.UploadAsync(
                content,
                new BlobUploadOptions
                {
                    Conditions = ConditionOf(expected),
                    Metadata = metadata,
                    TransferOptions = new StorageTransferOptions { InitialTransferSize = PartBytes, MaximumTransferSize = PartBytes, MaximumConcurrency = 4 },
                },
                cancellationToken);
            return written.ETag;
        }
        catch (RequestFailedException fault) when (fault.Status is 409 or 412 || fault.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return await ETagOf(mark, cancellationToken);
        }
    }

    /// <summary>Opens the newest generation.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Its bytes and ETag, or null when there is no record.</returns>
    public async Task<BlobDownloadStreamingResult?> Open(CancellationToken cancellationToken)
    {
        try
        {
            return await _blob.DownloadStreamingAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException fault) when (fault.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    /// <summary>Opens the generation before.</summary>
    /// <param name="newest">The newest one, which names it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Its bytes, or null when there is none.</returns>
    public async Task<BlobDownloadStreamingResult?> OpenPrevious(BlobDownloadDetails newest, CancellationToken cancellationToken)
    {
        try
        {
            return newest.Metadata.TryGetValue(PreviousMark, out var snapshot)
                ? await _blob.WithSnapshot(snapshot).DownloadStreamingAsync(cancellationToken: cancellationToken)
                : null;
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Makes the newest generation the one before, on the condition that it is as it was read.</summary>
    /// <param name="expected">The record's ETag.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The snapshot's name, or null when the record is another or none.</returns>
    public async Task<string?> Keep(ETag expected, CancellationToken cancellationToken)
    {
        try
        {
            BlobSnapshotInfo kept = await _blob.CreateSnapshotAsync(conditions: ConditionOf(expected), cancellationToken: cancellationToken);
            return kept.Snapshot;
        }
        catch (RequestFailedException fault) when (fault.Status == 412 || fault.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    /// <summary>Deletes generations older than one that is kept.</summary>
    /// <param name="kept">The snapshot's name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task DropOlder(string kept, CancellationToken cancellationToken)
    {
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { States = BlobStates.Snapshots, Prefix = name }, cancellationToken))
        {
            // The names are times in a form that sorts.
            if (blob.Snapshot is { Length: > 0 } snapshot && string.CompareOrdinal(snapshot, kept) < 0)
            {
                await _blob.WithSnapshot(snapshot).DeleteIfExistsAsync(cancellationToken: cancellationToken);
            }
        }
    }

    /// <summary>Deletes the record with all generations, on the condition that it is as it was read.</summary>
    /// <param name="expected">The record's ETag, or null to delete whatever is there.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether it was as expected.</returns>
    public async Task<bool> Delete(ETag? expected, CancellationToken cancellationToken)
    {
        try
        {
            var conditions = expected is null ? null : new BlobRequestConditions { IfMatch = expected };
            return await _blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, conditions, cancellationToken) || expected is null;
        }
        catch (RequestFailedException fault) when (fault.Status == 412)
        {
            return false;
        }
    }

    private static BlobRequestConditions ConditionOf(ETag? expected) =>
        expected is { } etag ? new BlobRequestConditions { IfMatch = etag } : new BlobRequestConditions { IfNoneMatch = ETag.All };

    private async Task<ETag?> ETagOf(string mark, CancellationToken cancellationToken)
    {
        try
        {
            BlobProperties found = await _blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            return found.Metadata.TryGetValue(WriteMark, out var other) && other == mark ? found.ETag : null;
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            return null;
        }
    }
}
