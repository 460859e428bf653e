namespace Pudong.Twin.Storage.Sqlite;

/// <summary>What an accepted append and a written state survive.</summary>
/// <remarks>In neither case can a crash tear a batch or reorder a log: what is missing is always its end.</remarks>
public enum SqliteDurability
{
    /// <summary>
    /// A crash or kill of the process, but not of the machine: a commit is in the operating system's cache when it is acknowledged (<c>synchronous = NORMAL</c>).
    /// A power loss may take the last seconds away.
    /// </summary>
    ProcessCrash = 1,

    /// <summary>Also a power loss or a crash of the machine: each commit is on the disk when it is acknowledged (<c>synchronous = FULL</c>); many callers share one.</summary>
    PowerLoss = 2,
}
