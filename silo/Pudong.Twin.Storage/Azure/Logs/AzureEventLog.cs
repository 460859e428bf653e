using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Azure.Logs;

/// <summary>The event log in Azure append blobs: for each partition a row of segments, to which several silos may append.</summary>
/// <remarks>
/// <em>Durable</em> means here: Azure Storage has acknowledged the block, and the account's redundancy holds. The container is made and its number of partitions compared
/// by <see cref="Start"/>, or by the first call.
/// </remarks>
public sealed class AzureEventLog : IEventLog, ILifecycleParticipant<ISiloLifecycle>, IAsyncDisposable
{
    private const int Format = 1;
    private const string PropertiesBlob = "log.json";
    // Azure takes 100 MiB as one block.
    private const int LargestBatch = (100 * 1_024 * 1_024) - StoredBlock.Overhead;

    private readonly AzureEventLogOptions _options;
    private readonly BlobContainerClient _container;
    private readonly PartitionLog[] _partitions;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _starting = new(1, 1);
    private volatile bool _started;
    private long _pending;

    /// <summary>Makes a log; the storage is not asked yet.</summary>
    /// <param name="options">Validated before.</param>
    /// <param name="clock">Measures polling and retrying.</param>
    /// <param name="logger">Is told of repetitions.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The connection string is not one.</exception>
    public AzureEventLog(AzureEventLogOptions options, TimeProvider clock, ILogger<AzureEventLog> logger)
    {
        _options = options;
        _container = AzureClients.Blobs(options, AzureEventLogOptions.Section, options.Retries).GetBlobContainerClient(options.Container);
        // The appender repeats by itself, after a look whether the block is there.
        var appending = AzureClients.Blobs(options, AzureEventLogOptions.Section, 0).GetBlobContainerClient(options.Container);
        var writer = Guid.NewGuid();
        _partitions = [.. Enumerable.Range(0, options.Partitions).Select(partition =>
            new PartitionLog(new SegmentStore(_container, appending, partition), writer, options, clock, logger, _stopping.Token))];
    }

    /// <inheritdoc/>
    public int Partitions => _partitions.Length;

    /// <summary>Creates the container and writes the number of partitions down, or compares it with what another process wrote.</summary>
    /// <param name="cancellationToken">Stops waiting; starting is harmless to repeat.</param>
    /// <exception cref="EventLogMismatchException">The log was created with another number of partitions, or by a newer program, or by something else.</exception>
    /// <exception cref="EventLogUnavailableException">The storage did not answer.</exception>
    /// <exception cref="EventLogException">The storage refuses the credentials.</exception>
    public async Task Start(CancellationToken cancellationToken = default)
    {
        if (_started)
        {
            return;
        }

        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (!_started)
            {
                await CreateOrCompare(cancellationToken);
                _started = true;
            }
        }
        catch (Exception fault) when (LogFaults.IsForeign(fault, cancellationToken))
        {
            throw LogFaults.Explain(fault, $"The event log in container {_options.Container} cannot be opened", _container.Uri, cancellationToken);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<LogPosition> Append(int partition, EventBatch batch, CancellationToken cancellationToken = default)
    {
        if (batch.Bytes.Length > LargestBatch)
        {
            throw new ArgumentException($"A batch of {batch.Bytes.Length} bytes does not fit into one block of at most {LargestBatch} bytes; send fewer events at a time.", nameof(batch));
        }

        var log = await Open(partition, cancellationToken);
        var pending = Interlocked.Add(ref _pending, batch.Bytes.Length);
        // A single batch is always taken, however small the bound.
        if (pending > _options.PendingBytes && pending > batch.Bytes.Length)
        {
            Interlocked.Add(ref _pending, -batch.Bytes.Length);
            throw new EventLogBusyException($"More than {_options.PendingBytes} bytes wait to be appended to the event log ({AzureEventLogOptions.Section}:PendingBytes); try again in a moment.");
        }

        return await Append(log, batch).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<EventBlock> Read(
        int partition, LogPosition from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var log = await Open(partition, cancellationToken);
        await foreach (var block in log.Read(from, cancellationToken))
        {
            yield return block;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<LogExtent> Extent(int partition, CancellationToken cancellationToken = default) =>
        await (await Open(partition, cancellationToken)).Extent(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<LogPosition> WaitForAppend(int partition, LogPosition after, CancellationToken cancellationToken = default) =>
        await (await Open(partition, cancellationToken)).WaitForAppend(after, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask Trim(int partition, LogPosition before, CancellationToken cancellationToken = default) =>
        await (await Open(partition, cancellationToken)).Trim(before, cancellationToken);

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(AzureEventLog), ServiceLifecycleStage.RuntimeInitialize, Start);

    /// <summary>Ends appending; what waits fails.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _starting.Dispose();
    }

    private async ValueTask<PartitionLog> Open(int partition, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(partition);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(partition, _partitions.Length);
        ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
        await Start(cancellationToken);
        return _partitions[partition];
    }

    private async Task<LogPosition> Append(PartitionLog log, EventBatch batch)
    {
        try
        {
            return await log.Append(batch);
        }
        catch (OperationCanceledException fault)
        {
            throw new EventLogUnavailableException("The event log was closed while the append waited; send the same events again when the silo is up.", fault);
        }
        finally
        {
            Interlocked.Add(ref _pending, -batch.Bytes.Length);
        }
    }

    private async Task CreateOrCompare(CancellationToken cancellationToken)
    {
        await _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        var blob = _container.GetBlobClient(PropertiesBlob);
        var own = new LogProperties(Format, _options.Partitions);
        try
        {
            var conditions = new BlobRequestConditions { IfNoneMatch = ETag.All };
            await blob.UploadAsync(BinaryData.FromObjectAsJson(own, JsonSerializerOptions.Web), new BlobUploadOptions { Conditions = conditions }, cancellationToken);
        }
        catch (RequestFailedException fault) when (fault.Status is 409 or 412)
        {
            BlobDownloadResult found = await blob.DownloadContentAsync(cancellationToken);
            Compare(found.Content);
        }
    }

    private void Compare(BinaryData found)
    {
        LogProperties? properties;
        try
        {
            properties = found.ToObjectFromJson<LogProperties>(JsonSerializerOptions.Web);
        }
        catch (JsonException fault)
        {
            throw new EventLogMismatchException($"Blob {_options.Container}/{PropertiesBlob} is not the description of an event log; give {AzureEventLogOptions.Section}:Container a container of its own.", fault);
        }

        if (properties?.Format != Format)
        {
            throw new EventLogMismatchException($"The event log in container {_options.Container} has format {properties?.Format}; this program reads format {Format}.");
        }

        if (properties.Partitions != _options.Partitions)
        {
            throw new EventLogMismatchException($"The event log in container {_options.Container} was created with {properties.Partitions} partitions and cannot be opened with {_options.Partitions}; set {AzureEventLogOptions.Section}:Partitions to {properties.Partitions}, or choose another container.");
        }
    }

    private sealed record LogProperties(int Format, int Partitions);
}
