namespace Pudong.Twin.Storage.Sqlite;

/// <summary>Whose state it is.</summary>
/// <param name="Name">The state's name.</param>
/// <param name="Grain">The grain.</param>
internal readonly record struct StateKey(string Name, GrainId Grain)
{
    /// <summary>Sets the first three parameters of a statement.</summary>
    public SqliteStatement BindTo(SqliteStatement statement) =>
        statement.Bind(1, Name).Bind(2, Grain.Type.AsSpan()).Bind(3, Grain.Key.AsSpan());

    /// <summary>As it stands in messages.</summary>
    public override string ToString() => $"State '{Name}' of grain {Grain}";
}

/// <summary>What the file says of a state.</summary>
/// <param name="ETag">Changes with every write.</param>
/// <param name="Generation">Under which number its chunks are kept.</param>
/// <param name="Previous">The number of the generation before, 0 when none is kept.</param>
internal readonly record struct StateRecord(string ETag, long Generation, long Previous);
