namespace Pudong.Twin.Grains.Events;

/// <summary>The event log cannot do what it was asked; the message is one sentence that says what, where and what would be right.</summary>
public class EventLogException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="message">One sentence for an operator.</param>
    /// <param name="inner">The storage's own fault, if there is one.</param>
    public EventLogException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>The storage does not answer now, and may later: a broken connection, a full disk, a time-out. Try again with the same events.</summary>
/// <param name="message">One sentence for an operator.</param>
/// <param name="inner">The storage's own fault.</param>
public sealed class EventLogUnavailableException(string message, Exception? inner = null) : EventLogException(message, inner);

/// <summary>Too many appends are waiting; nothing was appended. The API answers 429 with <c>Retry-After</c>.</summary>
/// <param name="message">One sentence that names the bound.</param>
public sealed class EventLogBusyException(string message) : EventLogException(message);

/// <summary>Stored data contradicts itself in the middle of the log. An operator has to decide; nothing is skipped.</summary>
/// <param name="message">One sentence that names partition, position and place.</param>
/// <param name="inner">The storage's own fault, if there is one.</param>
public sealed class EventLogDamagedException(string message, Exception? inner = null) : EventLogException(message, inner);

/// <summary>The events that were asked for have been trimmed away.</summary>
/// <param name="message">One sentence that names the oldest position kept.</param>
public sealed class EventLogTrimmedException(string message) : EventLogException(message);

/// <summary>The store was created with other settings, or by something else, or is used by another process: this process must not open it.</summary>
/// <param name="message">One sentence that says what was found and what would be right.</param>
/// <param name="inner">The storage's own fault, if there is one.</param>
public sealed class EventLogMismatchException(string message, Exception? inner = null) : EventLogException(message, inner);
