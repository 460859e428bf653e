using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Pudong.Twin.Storage.States;

namespace Pudong.Twin.Storage.Azure.States;

/// <summary>States of grains in Azure blobs: a blob for each record, whose ETag is the record's.</summary>
/// <remarks>
/// A state that fills one chunk is replaced. Of a larger one, a snapshot for example, the generation before is kept as a snapshot of the blob: when the newest turns out
/// to be damaged, the one before is read, with a warning and with the ETag of the newest, so that the next write replaces the damaged one.
/// </remarks>
internal sealed partial class AzureBlobGrainStorage : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    private readonly string _name;
    private readonly AzureBlobGrainStorageOptions _options;
    private readonly StateCodec _codec;
    private readonly ILogger _logger;
    private readonly BlobContainerClient _container;

    /// <summary>Makes a storage; Azure is not asked yet.</summary>
    /// <param name="name">The name it is registered under.</param>
    /// <param name="options">Validated before.</param>
    /// <param name="codec">Packs and unpacks states.</param>
    /// <param name="logger">Is warned of damaged states.</param>
    public AzureBlobGrainStorage(string name, AzureBlobGrainStorageOptions options, StateCodec codec, ILogger<AzureBlobGrainStorage> logger)
    {
        (_name, _options, _codec, _logger) = (name, options, codec, logger);
        _container = AzureClients.Blobs(options, AzureBlobGrainStorageOptions.Section, options.Retries).GetBlobContainerClient(options.Container);
    }

    /// <summary>The container, for tests.</summary>
    internal BlobContainerClient Container => _container;

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        Ask("read", stateName, grainId, async blob =>
        {
            if (await blob.Open(cancellationToken) is not { } newest)
            {
                Reset(grainState);
                return;
            }

            using (newest)
            {
                grainState.State = await ReadEither<T>(blob, newest, stateName, grainId, cancellationToken) ?? _codec.New<T>();
                (grainState.ETag, grainState.RecordExists) = (newest.Details.ETag.ToString("H"), true);
            }
        }, cancellationToken);

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        Ask("written", stateName, grainId, async blob =>
        {
            var expected = ETagOf(grainState);
            using var state = _codec.Encode(grainState.State);
            var kept = _options.KeepPrevious && state.Count > 1 && expected is { } etag
                ? await blob.Keep(etag, cancellationToken) ?? throw Conflict("write", stateName, grainId, grainState)
                : null;
            var written = await blob.Write(state, expected, kept, cancellationToken) ?? throw Conflict("write", stateName, grainId, grainState);
            (grainState.ETag, grainState.RecordExists) = (written.ToString("H"), true);
            if (kept is not null)
            {
                await DropOlder(blob, kept, stateName, grainId, cancellationToken);
            }
        }, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>A null ETag clears whatever is there, as Orleans asks for.</remarks>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        Ask("cleared", stateName, grainId, async blob =>
        {
            if (!await blob.Delete(ETagOf(grainState), cancellationToken))
            {
                throw Conflict("clear", stateName, grainId, grainState);
            }

            Reset(grainState);
        }, cancellationToken);

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe($"{nameof(AzureBlobGrainStorage)}-{_name}", ServiceLifecycleStage.RuntimeInitialize, Start);

    /// <summary>Creates the container.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="OrleansException">The storage does not answer, or refuses.</exception>
    public async Task Start(CancellationToken cancellationToken)
    {
        try
        {
            await _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        }
        catch (Exception fault) when (IsForeign(fault, cancellationToken))
        {
            throw Explain(fault, $"Grain storage {_name} in container {_options.Container} cannot be opened", cancellationToken);
        }
    }

    private static ETag? ETagOf<T>(IGrainState<T> state) => string.IsNullOrEmpty(state.ETag) ? null : new ETag(state.ETag);

    private static bool IsForeign(Exception fault, CancellationToken cancellationToken) =>
        fault is not OrleansException and not StateDamagedException && !(fault is OperationCanceledException && cancellationToken.IsCancellationRequested);

    private void Reset<T>(IGrainState<T> state) =>
        (state.State, state.ETag, state.RecordExists) = (_codec.New<T>(), null, false);

    private async Task<T?> ReadEither<T>(StateBlob blob, BlobDownloadStreamingResult newest, string stateName, GrainId grainId, CancellationToken cancellationToken)
    {
        try
        {
            return await StateBlobReader.Read<T>(_codec, newest.Content, cancellationToken);
        }
        catch (StateDamagedException damage)
        {
            using var previous = await blob.OpenPrevious(newest.Details, cancellationToken)
                ?? throw new StateDamagedException($"State {stateName} of grain {grainId} is damaged and no generation before it is kept; restore blob {StateBlobName.Of(stateName, grainId)} from a copy. {damage.Message}", damage);
            LogDamaged(stateName, grainId, StateBlobName.Of(stateName, grainId), damage.Message);
            return await ReadPrevious<T>(previous, stateName, grainId, cancellationToken);
        }
    }

    private async Task<T?> ReadPrevious<T>(BlobDownloadStreamingResult previous, string stateName, GrainId grainId, CancellationToken cancellationToken)
    {
        try
        {
            return await StateBlobReader.Read<T>(_codec, previous.Content, cancellationToken);
        }
        catch (StateDamagedException damage)
        {
            throw new StateDamagedException($"Both generations of state {stateName} of grain {grainId} are damaged; restore blob {StateBlobName.Of(stateName, grainId)} from a copy. {damage.Message}", damage);
        }
    }

    private async Task DropOlder(StateBlob blob, string kept, string stateName, GrainId grainId, CancellationToken cancellationToken)
    {
        try
        {
            await blob.DropOlder(kept, cancellationToken);
        }
        catch (Exception fault) when (IsForeign(fault, cancellationToken))
        {
            // The write has succeeded; the next one drops what is left over now.
            LogLeftOver(stateName, grainId, AzureFaults.Brief(fault));
        }
    }

    private async Task Ask(string done, string stateName, GrainId grainId, Func<StateBlob, Task> ask, CancellationToken cancellationToken)
    {
        try
        {
            await ask(new StateBlob(_container, StateBlobName.Of(stateName, grainId)));
        }
        catch (Exception fault) when (IsForeign(fault, cancellationToken))
        {
            throw Explain(fault, $"State {stateName} of grain {grainId} could not be {done}", cancellationToken);
        }
    }

    private OrleansException Explain(Exception fault, string what, CancellationToken cancellationToken)
    {
        var (brief, account) = (AzureFaults.Brief(fault), _container.Uri.GetLeftPart(UriPartial.Authority));
        if (AzureFaults.IsPassing(fault, cancellationToken))
        {
            return new OrleansException($"{what}: Azure Storage at {account} does not answer ({brief}); try again later.", fault);
        }

        return AzureFaults.IsRefusal(fault)
            ? new OrleansException($"{what}: Azure Storage at {account} refuses these credentials ({brief}); give {AzureBlobGrainStorageOptions.Section} the account's connection string, or its identity the role Storage Blob Data Contributor.", fault)
            : new OrleansException($"{what}: Azure Storage at {account} answers {brief}.", fault);
    }

    private static InconsistentStateException Conflict<T>(string what, string stateName, GrainId grainId, IGrainState<T> state) =>
        new($"State {stateName} of grain {grainId} was changed by somebody else: a {what} with ETag {state.ETag ?? "(none)"} is refused; read it again.", "(another)", state.ETag ?? "(none)");

    [LoggerMessage(Level = LogLevel.Warning, Message = "State {StateName} of grain {GrainId} is damaged in blob {Blob}, and the generation before is used: {Reason}")]
    private partial void LogDamaged(string stateName, GrainId grainId, string blob, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Older generations of state {StateName} of grain {GrainId} could not be deleted ({Reason}); the next write tries again.")]
    private partial void LogLeftOver(string stateName, GrainId grainId, string reason);
}
