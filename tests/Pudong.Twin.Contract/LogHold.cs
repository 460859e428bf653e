namespace Pudong.Twin.Contract;

/// <summary>Calls that a test holds back; disposing it releases them and all that follow.</summary>
public sealed class LogHold : IDisposable
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the first call waits here.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Lets the waiting calls go on.</summary>
    public void Dispose() => _released.TrySetResult();

    /// <summary>Waits here until the test releases it.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask Pass(CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        await _released.Task.WaitAsync(cancellationToken);
    }
}
