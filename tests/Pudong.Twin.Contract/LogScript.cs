using System.Collections.Concurrent;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Contract;

/// <summary>What an <see cref="InMemoryEventLog"/> shall suffer, partition by partition, and how often it was called.</summary>
public sealed class LogScript
{
    private readonly ConcurrentDictionary<(LogCall Call, int Partition), Line> _lines = [];

    /// <summary>Lets the next call of a kind fail before it does anything; several faults come one after another.</summary>
    /// <param name="call">The kind of call.</param>
    /// <param name="partition">The partition it concerns.</param>
    /// <param name="error">What is thrown.</param>
    public void FailNext(LogCall call, int partition, Exception error) => LineOf(call, partition).Errors.Enqueue(error);

    /// <summary>Holds back calls of a kind until they are released.</summary>
    /// <param name="call">The kind of call.</param>
    /// <param name="partition">The partition it concerns.</param>
    public LogHold Hold(LogCall call, int partition) => LineOf(call, partition).Hold = new LogHold();

    /// <summary>Cuts the connection after the next append was stored: the caller hears of a fault, yet the events are there.</summary>
    /// <param name="partition">The partition it concerns.</param>
    public void CutNextAppend(int partition) => LineOf(LogCall.Append, partition).Cuts.Enqueue(0);

    /// <summary>Cuts the connection in the middle of the next read.</summary>
    /// <param name="partition">The partition it concerns.</param>
    /// <param name="blocks">How many blocks still arrive.</param>
    public void CutNextRead(int partition, int blocks) => LineOf(LogCall.Read, partition).Cuts.Enqueue(blocks);

    /// <summary>How many calls of a kind have begun, failed ones included.</summary>
    /// <param name="call">The kind of call.</param>
    /// <param name="partition">The partition they concern.</param>
    public int Count(LogCall call, int partition) => Volatile.Read(ref LineOf(call, partition).Count);

    /// <summary>How many blocks the readings have brought together.</summary>
    /// <param name="partition">The partition they concern.</param>
    public int BlocksRead(int partition) => Volatile.Read(ref LineOf(LogCall.Read, partition).Blocks);

    internal static EventLogUnavailableException Cut(LogCall call, int partition) =>
        new($"The test cut the connection during {call} on partition {partition}.");

    internal async ValueTask Enter(LogCall call, int partition, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var line = LineOf(call, partition);
        Interlocked.Increment(ref line.Count);
        if (line.Hold is { } hold)
        {
            await hold.Pass(cancellationToken);
        }

        if (line.Errors.TryDequeue(out var error))
        {
            throw error;
        }
    }

    internal void CountBlock(int partition) => Interlocked.Increment(ref LineOf(LogCall.Read, partition).Blocks);

    internal int? TakeCut(LogCall call, int partition) => LineOf(call, partition).Cuts.TryDequeue(out var blocks) ? blocks : null;

    private Line LineOf(LogCall call, int partition) => _lines.GetOrAdd((call, partition), _ => new Line());

    private sealed class Line
    {
        internal int Count;
        internal int Blocks;

        internal ConcurrentQueue<Exception> Errors { get; } = [];

        internal ConcurrentQueue<int> Cuts { get; } = [];

        internal LogHold? Hold { get; set; }
    }
}
