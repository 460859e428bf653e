using Microsoft.Extensions.Logging;

namespace Pudong.Twin.Storage.Tests.Streams;

/// <summary>Hears an agent say that its cache is full: the only sign of it that Orleans gives.</summary>
public sealed class PressureWatch : ILoggerProvider, ILogger
{
    private readonly SemaphoreSlim _pauses = new(0);

    /// <summary>Waits until agents have paused a number of times from now on; what earlier tests caused does not count.</summary>
    /// <param name="pauses">How often.</param>
    public async Task UntilPaused(int pauses)
    {
        while (_pauses.Wait(TimeSpan.Zero))
        {
        }

        for (var pause = 0; pause < pauses; pause++)
        {
            Assert(await _pauses.WaitAsync(TimeSpan.FromMinutes(1)));
        }
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (formatter(state, exception).Contains("under pressure", StringComparison.Ordinal))
        {
            _pauses.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _pauses.Dispose();

    private static void Assert(bool paused) => Xunit.Assert.True(paused, "No agent said within a minute that its cache is full.");
}
