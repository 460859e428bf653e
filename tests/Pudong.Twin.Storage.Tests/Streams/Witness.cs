using System.Collections.Concurrent;
using Pudong.Twin.Contract;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Tests.Streams;

/// <summary>What the grains of a test cluster have seen, and what they shall suffer.</summary>
public sealed class Witnesses
{
    private readonly ConcurrentDictionary<string, Witness> _witnesses = [];

    /// <summary>The witness of one grain.</summary>
    /// <param name="key">The key of the grain.</param>
    public Witness Of(string key) => _witnesses.GetOrAdd(key, _ => new Witness());

    /// <summary>The witness of the reader of a partition.</summary>
    /// <param name="partition">The partition.</param>
    public Witness Of(int partition) => Of($"reader-{partition}");
}

/// <summary>What one grain has seen; a test waits here until it has seen enough.</summary>
public sealed class Witness
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly List<EventBlock> _delivered = [];
    private readonly List<LogPosition> _applied = [];
    private TaskCompletionSource _changed = NewSignal();
    private int _errors;
    private int _failures;
    private Func<CancellationToken, ValueTask>? _pass;

    /// <summary>The blocks that the stream brought, repetitions included.</summary>
    public IReadOnlyList<EventBlock> Delivered
    {
        get
        {
            lock (_lock)
            {
                return [.. _delivered];
            }
        }
    }

    /// <summary>The events that were applied by the latest activation, in that order.</summary>
    public IReadOnlyList<LogPosition> Applied
    {
        get
        {
            lock (_lock)
            {
                return [.. _applied];
            }
        }
    }

    /// <summary>How often the stream reported that it gives up a delivery.</summary>
    public int Errors => Volatile.Read(ref _errors);

    /// <summary>Lets the next deliveries fail.</summary>
    /// <param name="deliveries">How many.</param>
    public void Fail(int deliveries) => Interlocked.Exchange(ref _failures, deliveries);

    /// <summary>Holds back the grain in the middle of its next delivery, and in all that follow.</summary>
    public LogHold Hold()
    {
        var hold = new LogHold();
        _pass = hold.Pass;
        return hold;
    }

    /// <summary>Waits until the events up to a position have been applied.</summary>
    /// <param name="position">The last of them.</param>
    public Task UntilApplied(long position) => Until(() => Applied is [.., var last] && last.Value >= position);

    /// <summary>Waits until something is true of this witness.</summary>
    /// <param name="condition">What shall be true.</param>
    public async Task Until(Func<bool> condition)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                changed = _changed.Task;
            }

            if (condition())
            {
                return;
            }

            await changed.WaitAsync(Patience);
        }
    }

    internal void Wake() => Change(_applied.Clear);

    internal async Task Deliver(EventBlock block)
    {
        Change(() => _delivered.Add(block));
        if (_pass is { } pass)
        {
            await pass(CancellationToken.None);
        }
    }

    internal void Apply(LogPosition position) => Change(() => _applied.Add(position));

    internal void Report() => Change(() => _errors++);

    /// <summary>Fails as the test has asked for, after the events were applied: the worst moment.</summary>
    internal void MayFail()
    {
        if (Interlocked.Decrement(ref _failures) >= 0)
        {
            throw new InvalidOperationException("The test lets this delivery fail.");
        }
    }

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            _changed.SetResult();
            _changed = NewSignal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
