namespace Pudong.Twin.Contracts.Queries;

/// <summary>A question cannot be answered as it was asked; the message is one sentence that says what would be right.</summary>
/// <param name="message">The sentence.</param>
/// <param name="problem">The problem type of the API, such as <c>invalid-filter</c>.</param>
[GenerateSerializer, Alias("pudong.query-refused")]
public sealed class QueryRefusedException(string message, string problem) : Exception(message)
{
    /// <summary>The problem type of the API (INTERFACES.md, section 9).</summary>
    [Id(0)]
    public string Problem { get; } = problem;

    /// <summary>Where the mistake stands in the filter, in UTF-16 code units from its start; −1 when it is not in a filter.</summary>
    [Id(1)]
    public int Position { get; init; } = -1;
}
