using Pudong.Twin.Storage.States;

namespace Pudong.Twin.Storage.Sqlite;

/// <summary>One write of a state: chunks go to the file while the next ones are compressed, in transactions of their own, so that appends pass between them; the last transaction makes them count.</summary>
/// <param name="writer">The thread that writes.</param>
/// <param name="key">Whose state.</param>
/// <param name="generation">The number of what is written.</param>
internal sealed class StateWrite(SqliteWriter writer, StateKey key, long generation)
{
    private readonly List<Task> _staging = [];
    private ReadOnlyMemory<byte> _held;
    private int _cut;

    /// <summary>Takes a chunk. The newest is held back: a state of one chunk needs one transaction only.</summary>
    /// <param name="chunk">Its bytes, which stay as they are until <see cref="Staged"/> has ended.</param>
    public void Cut(ReadOnlyMemory<byte> chunk)
    {
        var (held, index) = (_held, _cut - 1);
        (_held, _cut) = (chunk, _cut + 1);
        if (index >= 0)
        {
            _staging.Add(writer.Add(session => Stage(session, index, held), held.Length));
        }
    }

    /// <summary>Ends when the writer needs the chunks no more, be it that it has failed.</summary>
    public Task Staged() => Task.WhenAll(_staging);

    /// <summary>Makes what was written the state, if it is still the one the caller knows.</summary>
    /// <param name="manifest">What was written.</param>
    /// <param name="etag">The ETag the caller knows, null for no record.</param>
    /// <param name="isDamaged">Whether a generation was found damaged; such a one is not kept.</param>
    /// <returns>The record that is there now, and whether it is the new one.</returns>
    public Task<(StateRecord? Record, bool Written)> Finish(StateManifest manifest, string? etag, Func<long, bool> isDamaged) =>
        writer.Add(session => Finish(session, manifest, etag, isDamaged), _held.Length);

    /// <summary>Takes back what was written.</summary>
    public Task Abandon() => _staging.Count == 0 ? Task.CompletedTask : writer.Add(session => Drop(session), 0);

    private bool Stage(SqliteSession session, int index, ReadOnlyMemory<byte> chunk)
    {
        StateTables.Stage(session, generation);
        StateTables.PutChunk(session, generation, index, chunk.Span);
        return true;
    }

    private bool Drop(SqliteSession session)
    {
        StateTables.Drop(session, generation);
        return true;
    }

    private (StateRecord? Record, bool Written) Finish(SqliteSession session, StateManifest manifest, string? etag, Func<long, bool> isDamaged)
    {
        var found = StateTables.Find(session, key);
        if (found?.ETag != etag)
        {
            return (found, false);
        }

        StateTables.PutChunk(session, generation, _cut - 1, _held.Span);
        StateTables.Complete(session, generation, manifest);
        var record = new StateRecord(Guid.NewGuid().ToString("N"), generation, found is { } old ? Keep(session, old, manifest, isDamaged) : 0);
        StateTables.Put(session, key, record);
        return (record, true);
    }

    /// <summary>A large state keeps the generation before, or the one before that if the former is damaged; what is not kept is deleted.</summary>
    private static long Keep(SqliteSession session, StateRecord old, StateManifest manifest, Func<long, bool> isDamaged)
    {
        var kept = manifest.Chunks.Count == 1 ? 0 : isDamaged(old.Generation) ? old.Previous : old.Generation;
        if (old.Generation != kept)
        {
            StateTables.Drop(session, old.Generation);
        }

        if (old.Previous != kept)
        {
            StateTables.Drop(session, old.Previous);
        }

        return kept;
    }
}
