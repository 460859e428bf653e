namespace Pudong.Twin.Domain.Events.Coding;

/// <summary>Bytes are no event, or none that this package can read; the message is one sentence that says what and where.</summary>
/// <param name="message">One sentence for an operator.</param>
/// <param name="inner">The fault below, if there is one.</param>
public sealed class EventFormatException(string message, Exception? inner = null) : Exception(message, inner);
