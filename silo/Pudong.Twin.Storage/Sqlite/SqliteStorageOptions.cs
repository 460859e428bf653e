using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Pudong.Twin.Storage.Sqlite;

/// <summary>The one SQLite file that holds event log and grain states. Bound to <c>Twin:Sqlite</c>.</summary>
public sealed class SqliteStorageOptions
{
    /// <summary>The file, absolute or relative to the working directory; beside it lie <c>-wal</c>, <c>-shm</c> and <c>.lock</c>. Its folder is created.</summary>
    /// <value>The default is <c>data/twin.db</c>.</value>
    [Required]
    public string Path { get; set; } = "data/twin.db";

    /// <summary>The number of partitions a new event log is created with; a log that has another number is refused.</summary>
    /// <value>From 1 to 4,096. The default is 64.</value>
    [Range(1, 4_096)]
    public int Partitions { get; set; } = 64;

    /// <summary>What an accepted append and a written state survive.</summary>
    /// <value>The default is <see cref="SqliteDurability.PowerLoss"/>.</value>
    [EnumDataType(typeof(SqliteDurability))]
    public SqliteDurability Durability { get; set; } = SqliteDurability.PowerLoss;

    /// <summary>How many appends may wait to be written; a further one is refused with <c>EventLogBusyException</c>.</summary>
    /// <value>From 1 to 1,000,000. The default is 10,000.</value>
    [Range(1, 1_000_000)]
    public int WaitingAppends { get; set; } = 10_000;

    /// <summary>How many bytes the waiting appends may have together; a further one is refused with <c>EventLogBusyException</c>, a larger one always.</summary>
    /// <value>From 1 MiB to 1 GiB. The default is 64 MiB.</value>
    [Range(1 << 20, 1 << 30)]
    public int WaitingBytes { get; set; } = 64 << 20;

    /// <summary>The size up to which small appends to one partition that wait together become one block, in bytes.</summary>
    /// <value>From 4 KiB to 4 MiB. The default is 256 KiB.</value>
    [Range(4 << 10, 4 << 20)]
    public int BlockSize { get; set; } = 256 << 10;

    /// <summary>The bytes after which a transaction is committed even though more is waiting.</summary>
    /// <value>From 64 KiB to 64 MiB. The default is 8 MiB.</value>
    [Range(64 << 10, 64 << 20)]
    public int GroupSize { get; set; } = 8 << 20;

    /// <summary>The size at which the write-ahead log is carried over into the file, in bytes. While a reader holds it back the log grows further.</summary>
    /// <value>From 1 MiB to 1 GiB. The default is 64 MiB.</value>
    [Range(1 << 20, 1 << 30)]
    public int CheckpointSize { get; set; } = 64 << 20;

    /// <summary>How many reads run at the same time; further ones wait.</summary>
    /// <value>From 1 to 64. The default is 4.</value>
    [Range(1, 64)]
    public int Readers { get; set; } = 4;

    /// <summary>How many grain states are encoded and written at the same time; further ones wait.</summary>
    /// <value>From 1 to 256. The default is 8.</value>
    [Range(1, 256)]
    public int StateWriters { get; set; } = 8;

    /// <summary>How many bytes of the newest blocks are checked at start, over all partitions together. Older blocks are checked whenever they are read.</summary>
    /// <value>From 0 to 1 GiB. The default is 64 MiB.</value>
    [Range(0, 1 << 30)]
    public int CheckAtStart { get; set; } = 64 << 20;
}

[OptionsValidator]
internal sealed partial class SqliteStorageOptionsValidator : IValidateOptions<SqliteStorageOptions>;
