namespace Pudong.Twin.Query.Scans;

/// <summary>A query asks for something that is not there or not allowed; the message says what, and what would be right.</summary>
/// <param name="message">One sentence for a person.</param>
/// <param name="bound">The name of the option in <see cref="ScanOptions"/> that is exceeded, or null.</param>
public sealed class QueryException(string message, string? bound = null) : Exception(message)
{
    /// <summary>The name of the option that is exceeded; null for another mistake.</summary>
    public string? Bound { get; } = bound;
}
