using System.Runtime.ExceptionServices;
using Pudong.Twin.Query.Columns;

namespace Pudong.Twin.Query.Scans;

/// <summary>One block of one of the tables that a scan reads.</summary>
/// <param name="Table">Index of the table.</param>
/// <param name="Block">Number of the block in it.</param>
internal readonly record struct BlockAddress(int Table, int Block);

/// <summary>Visits blocks on several threads, each with a state of its own that is merged afterwards.</summary>
internal static class BlockWalk
{
    // Some 30 microseconds of work: enough to pay for taking it, and little enough to spread evenly.
    private const int BlocksAtOnce = 8;

    /// <summary>All blocks of all tables, in order.</summary>
    public static BlockAddress[] BlocksOf(IReadOnlyList<TableVersion> versions)
    {
        var blocks = new BlockAddress[versions.Sum(version => version.BlockCount)];
        var next = 0;
        for (var table = 0; table < versions.Count; table++)
        {
            for (var block = 0; block < versions[table].BlockCount; block++)
            {
                blocks[next++] = new BlockAddress(table, block);
            }
        }

        return blocks;
    }

    /// <summary>Visits every block once.</summary>
    /// <param name="blocks">The blocks; they are begun in this order.</param>
    /// <param name="threads">Threads at most; a few blocks are not worth a second one.</param>
    /// <param name="start">Makes the state of a thread.</param>
    /// <param name="visit">Looks at a block; one thread at a time for one state.</param>
    /// <param name="cancellationToken">Ends the walk between blocks.</param>
    /// <returns>The states, at least one.</returns>
    public static TState[] Run<TState>(
        BlockAddress[] blocks, int threads, Func<TState> start, Action<TState, BlockAddress> visit, CancellationToken cancellationToken)
    {
        var workers = Math.Clamp(Math.Min(threads, blocks.Length / (2 * BlocksAtOnce)), 1, 256);
        var states = new TState[workers];
        var next = 0;
        if (workers == 1)
        {
            Work(0);
        }
        else
        {
            RunTogether(workers, Work);
        }

        // A worker that came too late to find work has a state all the same, so that merging needs no special case.
        return states;

        void Work(int worker)
        {
            var state = start();
            states[worker] = state;
            int from;
            while ((from = Interlocked.Add(ref next, BlocksAtOnce) - BlocksAtOnce) < blocks.Length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var address in blocks.AsSpan(from, Math.Min(BlocksAtOnce, blocks.Length - from)))
                {
                    visit(state, address);
                }
            }
        }
    }

    private static void RunTogether(int workers, Action<int> work)
    {
        try
        {
            Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, work);
        }
        catch (AggregateException several)
        {
            // What one worker throws is what a single one would have thrown.
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }
}
