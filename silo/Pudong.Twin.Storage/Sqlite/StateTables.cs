using Pudong.Twin.Storage.States;

namespace Pudong.Twin.Storage.Sqlite;

/// <summary>The tables of grain states. A generation is what one write left: a manifest and its chunks; a state's row names the generations that count.</summary>
internal static class StateTables
{
    private const int ChunkBits = 20;

    private const string FindState = "SELECT etag, generation, previous FROM grain_state WHERE name = ? AND type = ? AND key = ?";
    private const string DeleteState = "DELETE FROM grain_state WHERE name = ? AND type = ? AND key = ?";
    private const string PutState =
        "INSERT INTO grain_state(name, type, key, etag, generation, previous) VALUES (?, ?, ?, ?, ?, ?) " +
        "ON CONFLICT DO UPDATE SET etag = excluded.etag, generation = excluded.generation, previous = excluded.previous";

    /// <summary>The highest number that any generation in the file has.</summary>
    /// <param name="session">A connection.</param>
    public static long Newest(SqliteSession session) => Math.Max(
        session.Number("SELECT max(generation) FROM grain_generation"),
        session.Number("SELECT max(generation) FROM grain_staged"));

    /// <summary>Finds a state.</summary>
    /// <param name="session">A connection.</param>
    /// <param name="key">Whose state.</param>
    public static StateRecord? Find(SqliteSession session, StateKey key)
    {
        using var find = key.BindTo(session[FindState]);
        return find.Step() ? new StateRecord(find.Text(0), find.Int64(1), find.Int64(2)) : null;
    }

    /// <summary>Writes a state's row.</summary>
    /// <param name="session">The connection, in a transaction.</param>
    /// <param name="key">Whose state.</param>
    /// <param name="record">What to say of it.</param>
    public static void Put(SqliteSession session, StateKey key, StateRecord record) =>
        key.BindTo(session[PutState]).Bind(4, record.ETag).Bind(5, record.Generation).Bind(6, record.Previous).Run();

    /// <summary>Deletes a state's row.</summary>
    /// <param name="session">The connection, in a transaction.</param>
    /// <param name="key">Whose state.</param>
    public static void Delete(SqliteSession session, StateKey key) => key.BindTo(session[DeleteState]).Run();

    /// <summary>Notes that a generation is being written; what a crash leaves of it is swept away at the next start.</summary>
    /// <param name="session">The connection, in a transaction.</param>
    /// <param name="generation">Its number.</param>
    public static void Stage(SqliteSession session, long generation) =>
        session["INSERT INTO grain_staged(generation) VALUES (?) ON CONFLICT DO NOTHING"].Bind(1, generation).Run();

    /// <summary>Writes a chunk of a generation.</summary>
    /// <param name="session">The connection, in a transaction.</param>
    /// <param name="generation">Its number.</param>
    /// <param name="index">The chunk, from 0.</param>
    /// <param name="chunk">Its bytes.</param>
    public static void PutChunk(SqliteSession session, long generation, int index, ReadOnlySpan<byte> chunk) =>
        session["INSERT INTO grain_chunk(id, bytes) VALUES (?, ?)"].Bind(1, (generation << ChunkBits) | (uint)index).Bind(2, chunk).Run();

    /// <summary>Completes a generation whose chunks are written.</summary>
    /// <param name="session">The connection, in a transaction.</param>
    /// <param name="generation">Its number.</param>
    /// <param name="manifest">What it consists of.</param>
    public static void Complete(SqliteSession session, long generation, StateManifest manifest)
    {
        session["INSERT INTO grain_generation(generation, manifest) VALUES (?, ?)"].Bind(1, generation).Bind(2, manifest.ToBytes()).Run();
        session["DELETE FROM grain_staged WHERE generation = ?"].Bind(1, generation).Run();
    }

    /// <summary>Deletes a generation.</summary>
    /// <param name="session">The connection, in a transaction.</param>
    /// <param name="generation">Its number; 0 stands for none.</param>
    public static void Drop(SqliteSession session, long generation)
    {
        if (generation > 0)
        {
            session["DELETE FROM grain_chunk WHERE id BETWEEN ? AND ?"].Bind(1, generation << ChunkBits).Bind(2, ((generation + 1) << ChunkBits) - 1).Run();
            session["DELETE FROM grain_generation WHERE generation = ?"].Bind(1, generation).Run();
            session["DELETE FROM grain_staged WHERE generation = ?"].Bind(1, generation).Run();
        }
    }

    /// <summary>Deletes what a crash left of unfinished writes.</summary>
    /// <param name="session">The connection that writes.</param>
    public static void Sweep(SqliteSession session)
    {
        while (session.Number("SELECT min(generation) FROM grain_staged") is var generation and > 0)
        {
            session.Run("BEGIN IMMEDIATE");
            Drop(session, generation);
            session.Run("COMMIT");
        }
    }

    /// <summary>Reads the manifest of a generation.</summary>
    /// <param name="session">A connection.</param>
    /// <param name="generation">Its number.</param>
    public static StateManifest Manifest(SqliteSession session, long generation)
    {
        using var find = session["SELECT manifest FROM grain_generation WHERE generation = ?"].Bind(1, generation);
        return find.Step() ? StateManifest.Read(find.Blob(0)) : throw new StateDamagedException("The manifest is missing.");
    }

    /// <summary>Hands the chunks of a generation on, in order.</summary>
    /// <param name="session">A connection.</param>
    /// <param name="generation">Its number.</param>
    /// <param name="decoder">Takes them.</param>
    /// <param name="cancellationToken">Ends the reading between two chunks.</param>
    public static void Feed(SqliteSession session, long generation, StateDecoder decoder, CancellationToken cancellationToken)
    {
        using var chunks = session["SELECT bytes FROM grain_chunk WHERE id BETWEEN ? AND ? ORDER BY id"]
            .Bind(1, generation << ChunkBits)
            .Bind(2, ((generation + 1) << ChunkBits) - 1);
        while (chunks.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            decoder.Add(chunks.Blob(0));
        }
    }
}
