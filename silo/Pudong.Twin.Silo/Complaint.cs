using Microsoft.Extensions.Options;
using Pudong.Twin.Grains.Events;
using Pudong.Twin.Storage.Sqlite;

namespace Pudong.Twin.Silo;

/// <summary>Something is not as this process needs it; whoever started it can mend that.</summary>
/// <param name="message">One sentence that says what, where and what would be right.</param>
internal sealed class ComplaintException(string message) : Exception(message);

/// <summary>Tells faults that an operator can mend, and gets a sentence for, from mistakes of the program, which keep their stack trace.</summary>
internal static class Complaint
{
    /// <summary>The sentence for an operator; null when it is none of his.</summary>
    /// <param name="fault">What stopped the process.</param>
    public static string? Of(Exception fault) => fault switch
    {
        ComplaintException or EventLogException or SqliteStoreException => fault.Message,
        OptionsValidationException options => string.Join(Environment.NewLine, options.Failures),
        // The binder of .NET's configuration: a value that is no number, no time, no name of an enumeration.
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => fault.Message,
        // Ctrl+C or SIGTERM while the silo was still starting.
        OperationCanceledException => "The silo was stopped before it was open.",
        AggregateException { InnerExceptions: [var first, ..] } => Of(first),
        _ => fault.InnerException is { } inner ? Of(inner) : null,
    };
}
