using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Pudong.Twin.Storage.States;

namespace Pudong.Twin.Storage.Sqlite;

/// <summary>States of grains in the SQLite file of the event log.</summary>
/// <remarks>
/// A state that fills one chunk is replaced. Of a larger one, a snapshot for example, the generation before is kept: when the newest turns out to be damaged, the one
/// before is read, with a warning and with the ETag of the newest, so that the next write replaces the damaged one.
/// </remarks>
public sealed partial class SqliteGrainStorage : IGrainStorage, IDisposable
{
    private readonly SqliteStore _store;
    private readonly StateCodec _codec;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _writers;
    private readonly ConcurrentDictionary<long, bool> _damaged = [];

    /// <summary>Opens the states in a store.</summary>
    /// <param name="store">The file.</param>
    /// <param name="codec">The stored form.</param>
    /// <param name="logger">Hears of damage.</param>
    internal SqliteGrainStorage(SqliteStore store, StateCodec codec, ILogger<SqliteGrainStorage> logger)
    {
        _store = store;
        _codec = codec;
        _logger = logger;
        _writers = new SemaphoreSlim(store.Options.StateWriters);
    }

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var key = new StateKey(stateName, grainId);
        var (record, state) = await _store.Readers.Read(session => Read<T>(session, key, cancellationToken), cancellationToken);
        if (record is { } found)
        {
            (grainState.State, grainState.ETag, grainState.RecordExists) = (state!, found.ETag, true);
        }
        else
        {
            Renew(grainState);
        }
    }

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var key = new StateKey(stateName, grainId);
        await _writers.WaitAsync(cancellationToken);
        try
        {
            var write = new StateWrite(_store.Writer, key, _store.NextGeneration());
            var (record, written) = await Write(write, grainState);
            if (!written)
            {
                throw Conflict("written", key, record, grainState.ETag);
            }

            (grainState.ETag, grainState.RecordExists) = (record!.Value.ETag, true);
        }
        finally
        {
            _writers.Release();
        }
    }

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    /// <remarks>A null ETag clears whatever is there, as Orleans asks for.</remarks>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var key = new StateKey(stateName, grainId);
        var (record, cleared) = await _store.Writer.Add(session => Clear(session, key, grainState.ETag), 0, cancellationToken);
        if (!cleared)
        {
            throw Conflict("cleared", key, record, grainState.ETag);
        }

        Renew(grainState);
    }

    /// <inheritdoc/>
    public void Dispose() => _writers.Dispose();

    private static (StateRecord? Record, bool Cleared) Clear(SqliteSession session, StateKey key, string? etag)
    {
        var found = StateTables.Find(session, key);
        if (etag is not null && found?.ETag != etag)
        {
            return (found, false);
        }

        if (found is { } record)
        {
            StateTables.Drop(session, record.Generation);
            StateTables.Drop(session, record.Previous);
            StateTables.Delete(session, key);
        }

        return (found, true);
    }

    private void Renew<T>(IGrainState<T> grainState) =>
        (grainState.State, grainState.ETag, grainState.RecordExists) = (_codec.New<T>(), null, false);

    private static InconsistentStateException Conflict(string done, StateKey key, StateRecord? found, string? etag) => new(
        $"{key} was not {done}: the storage has ETag {found?.ETag ?? "(no record)"}, the caller {etag ?? "(none)"}; read it again.",
        found?.ETag ?? string.Empty,
        etag ?? string.Empty);

    private async Task<(StateRecord? Record, bool Written)> Write<T>(StateWrite write, IGrainState<T> grainState)
    {
        var finished = false;
        EncodedState? encoded = null;
        try
        {
            // Encoded before anything is awaited: afterwards the grain may change its state.
            encoded = _codec.Encode(grainState.State, write.Cut);
            await write.Staged();
            var (record, written) = await write.Finish(encoded.Manifest, grainState.ETag, _damaged.ContainsKey);
            finished = written;
            return (record, written);
        }
        finally
        {
            if (!finished)
            {
                await write.Abandon();
            }

            encoded?.Dispose();
        }
    }

    private (StateRecord? Record, T? State) Read<T>(SqliteSession session, StateKey key, CancellationToken cancellationToken)
    {
        if (StateTables.Find(session, key) is not { } record)
        {
            return (null, default);
        }

        var newest = TryDecode<T>(session, record.Generation, cancellationToken, out var state);
        if (newest is null)
        {
            return (record, state);
        }

        _damaged[record.Generation] = true;
        var previous = record.Previous == 0 ? newest : TryDecode(session, record.Previous, cancellationToken, out state);
        if (previous is not null)
        {
            throw new StateDamagedException(
                $"{key} is damaged in '{session.Path}' and no good generation is left; restore the file from a backup ({previous.Message})", previous);
        }

        LogFallback(key, session.Path, newest.Message);
        return (record, state);
    }

    private Exception? TryDecode<T>(SqliteSession session, long generation, CancellationToken cancellationToken, out T? state)
    {
        try
        {
            state = _codec.Decode<T>(
                StateTables.Manifest(session, generation),
                decoder => StateTables.Feed(session, generation, decoder, cancellationToken));
            return null;
        }
        catch (StateDamagedException fault)
        {
            state = default;
            return fault;
        }
        catch (SqliteStoreException fault) when (fault.Fault == SqliteFault.Damaged)
        {
            state = default;
            return fault;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Key} is damaged in '{Path}'; the generation before it is used. {Damage}")]
    private partial void LogFallback(StateKey key, string path, string damage);
}
