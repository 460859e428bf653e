using Pudong.Twin.Domain.Events;
using Pudong.Twin.Grains.Events;

namespace Pudong.Twin.Storage.Sqlite;

/// <summary>An append that somebody waits for.</summary>
internal sealed class PendingAppend : TaskCompletionSource<LogPosition>
{
    private readonly CancellationTokenRegistration _registration;

    /// <summary>Begins to wait.</summary>
    /// <param name="batch">The events.</param>
    /// <param name="cancellationToken">Stops the waiting; what has not been taken to be written by then is not written.</param>
    public PendingAppend(EventBatch batch, CancellationToken cancellationToken)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        Batch = batch;
        _registration = cancellationToken.UnsafeRegister(static (self, token) => ((PendingAppend)self!).TrySetCanceled(token), this);
    }

    /// <summary>The events.</summary>
    public EventBatch Batch { get; }

    /// <summary>Where the first of them stands, once written.</summary>
    public LogPosition First { get; set; }

    /// <summary>Tells the caller that the events are durable.</summary>
    public void Accept()
    {
        _registration.Dispose();
        TrySetResult(First);
    }

    /// <summary>Tells the caller that they are not.</summary>
    /// <param name="fault">Why.</param>
    public void Refuse(Exception fault)
    {
        _registration.Dispose();
        TrySetException(fault);
    }
}
