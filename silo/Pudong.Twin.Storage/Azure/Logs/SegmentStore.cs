using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Azure.Logs;

/// <summary>A segment as the container lists it.</summary>
/// <param name="First">The position of its first event, which is its name.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="ETag">Changes with each block.</param>
internal readonly record struct Segment(LogPosition First, long Length, ETag ETag);

/// <summary>What was read of a segment.</summary>
/// <param name="Bytes">The bytes; fewer than asked for at the segment's end.</param>
/// <param name="Length">The segment's size when it was read; where it ends before the part, some smaller number than the part's beginning.</param>
internal readonly record struct SegmentPart(ReadOnlyMemory<byte> Bytes, long Length);

/// <summary>The append blobs of one partition, <c>00012/0000000000000000001</c>, and the requests that concern them. Knows nothing of blocks.</summary>
/// <param name="container">The log's container.</param>
/// <param name="appending">The same container through a client that repeats no request by itself.</param>
/// <param name="partition">The partition, from 0.</param>
internal sealed class SegmentStore(BlobContainerClient container, BlobContainerClient appending, int partition)
{
    private readonly string _prefix = string.Create(CultureInfo.InvariantCulture, $"{partition:D5}/");

    /// <summary>The partition, from 0.</summary>
    public int Partition => partition;

    /// <summary>The blob's full name, for messages.</summary>
    /// <param name="first">The segment.</param>
    public string NameOf(LogPosition first) => $"{container.Name}/{Blob(first)}";

    /// <summary>All segments, the oldest first.</summary>
    /// <exception cref="EventLogException">The container could not be listed.</exception>
    public async Task<List<Segment>> List(CancellationToken cancellationToken)
    {
        try
        {
            var segments = new List<Segment>();
            await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = _prefix }, cancellationToken))
            {
                if (long.TryParse(blob.Name.AsSpan(_prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var first))
                {
                    segments.Add(new Segment(new LogPosition(first), blob.Properties.ContentLength ?? 0, blob.Properties.ETag ?? default));
                }
            }

            return segments;
        }
        catch (Exception fault) when (LogFaults.IsForeign(fault, cancellationToken))
        {
            throw LogFaults.Explain(fault, $"Partition {partition} of the event log could not list its segments in container {container.Name}", container.Uri, cancellationToken);
        }
    }

    /// <summary>Creates a segment, unless it is there.</summary>
    /// <param name="first">The position of its first event.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task Create(LogPosition first, CancellationToken cancellationToken)
    {
        try
        {
            var conditions = new AppendBlobRequestConditions { IfNoneMatch = ETag.All };
            await Client(first).CreateAsync(new AppendBlobCreateOptions { Conditions = conditions }, cancellationToken);
        }
        catch (RequestFailedException fault) when (fault.Status is 409 or 412 && fault.ErrorCode != BlobErrorCode.ContainerBeingDeleted)
        {
            // Another writer was first, or the answer to our own request was lost: the segment is there either way.
        }
        catch (Exception fault) when (LogFaults.IsForeign(fault, cancellationToken))
        {
            throw LogFaults.Explain(fault, $"Segment {NameOf(first)} of the event log could not be created", container.Uri, cancellationToken);
        }
    }

    /// <summary>Appends a block where the segment is expected to end.</summary>
    /// <param name="first">The segment.</param>
    /// <param name="offset">Where the block is to begin.</param>
    /// <param name="untouched">What an empty segment's ETag must still be, so that a segment made anew after trimming is not taken for it.</param>
    /// <param name="block">The whole block.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Null when the block is stored; else why it is not certain that it is.</returns>
    public async Task<Exception?> Append(LogPosition first, long offset, ETag? untouched, ArraySegment<byte> block, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new MemoryStream(block.Array!, block.Offset, block.Count, writable: false);
            var conditions = new AppendBlobRequestConditions { IfAppendPositionEqual = offset, IfMatch = untouched };
            await appending.GetAppendBlobClient(Blob(first)).AppendBlockAsync(content, new AppendBlobAppendBlockOptions { Conditions = conditions }, cancellationToken);
            return null;
        }
        catch (Exception fault) when (IsUncertain(fault, cancellationToken))
        {
            return fault;
        }
        catch (Exception fault) when (LogFaults.IsForeign(fault, cancellationToken))
        {
            throw LogFaults.Explain(fault, $"Segment {NameOf(first)} of the event log could not be appended to", container.Uri, cancellationToken);
        }
    }

    /// <summary>Reads a part of a segment.</summary>
    /// <param name="first">The segment.</param>
    /// <param name="offset">Where to begin; at or behind the end nothing is read.</param>
    /// <param name="length">How many bytes at most.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The part, or null when there is no such segment.</returns>
    public async Task<SegmentPart?> Read(LogPosition first, long offset, int length, CancellationToken cancellationToken)
    {
        try
        {
            // One byte more in front, so that the end of a segment is an answer like others, and only a segment that is too short is none.
            var before = offset > 0 ? 1 : 0;
            var options = new BlobDownloadOptions { Range = new HttpRange(offset - before, length + before) };
            BlobDownloadResult result = await Client(first).DownloadContentAsync(options, cancellationToken);
            return new SegmentPart(result.Content.ToMemory()[before..], TotalOf(result.Details));
        }
        catch (RequestFailedException fault) when (fault.Status == 416)
        {
            return new SegmentPart(default, Math.Max(0, offset - 1));
        }
        catch (RequestFailedException fault) when (fault.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
        catch (Exception fault) when (LogFaults.IsForeign(fault, cancellationToken))
        {
            throw LogFaults.Explain(fault, $"Segment {NameOf(first)} of the event log could not be read", container.Uri, cancellationToken);
        }
    }

    /// <summary>Deletes a segment, if it is there and still as it was listed.</summary>
    /// <param name="segment">The segment as listed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task Delete(Segment segment, CancellationToken cancellationToken)
    {
        try
        {
            await Client(segment.First).DeleteIfExistsAsync(
                DeleteSnapshotsOption.None, new BlobRequestConditions { IfMatch = segment.ETag }, cancellationToken);
        }
        catch (RequestFailedException fault) when (fault.Status == 412)
        {
            // Somebody appended meanwhile, so the segment is in use and stays.
        }
        catch (Exception fault) when (LogFaults.IsForeign(fault, cancellationToken))
        {
            throw LogFaults.Explain(fault, $"Segment {NameOf(segment.First)} of the event log could not be deleted", container.Uri, cancellationToken);
        }
    }

    // A refused condition is uncertain too: the repetition of a request whose first answer was lost is refused by its own success.
    private static bool IsUncertain(Exception fault, CancellationToken cancellationToken) =>
        AzureFaults.IsPassing(fault, cancellationToken)
        || fault is RequestFailedException { Status: 412 }
        || fault is RequestFailedException { Status: 404 or 409 } request
            && (request.ErrorCode == BlobErrorCode.BlobNotFound || request.ErrorCode == "BlockCountExceedsLimit");

    // "bytes 0-99/1234"
    private static long TotalOf(BlobDownloadDetails details) =>
        details.ContentRange is { } range && long.TryParse(range.AsSpan(range.LastIndexOf('/') + 1), CultureInfo.InvariantCulture, out var total)
            ? total
            : details.ContentLength;

    private string Blob(LogPosition first) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}{first.Value:D19}");

    private AppendBlobClient Client(LogPosition first) => container.GetAppendBlobClient(Blob(first));
}
