namespace Pudong.Twin.Contracts.Queries;

/// <summary>Asks the city: spreads a question over all partitions and merges their answers.</summary>
/// <remarks>Any key reaches the same service, on the caller's silo where it is one. Wrong questions throw <see cref="QueryRefusedException"/>.</remarks>
[Alias("pudong.query"), GrainInterfaceType("pudong.query")]
public interface IQueryGrain : IGrainWithIntegerKey
{
    /// <summary>Elements that a filter selects, in an order, page by page.</summary>
    /// <param name="query">The question.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    [Alias("select")]
    Task<ElementPage> Select(ElementQuery query, CancellationToken cancellationToken = default);

    /// <summary>Counts, sums and their kin over what a filter selects, grouped or not.</summary>
    /// <param name="query">The question.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    [Alias("aggregate")]
    Task<AggregateAnswer> Aggregate(AggregateRequest query, CancellationToken cancellationToken = default);

    /// <summary>The elements nearest to a place.</summary>
    /// <param name="query">The question.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    [Alias("nearest")]
    Task<ElementPage> Nearest(NearestRequest query, CancellationToken cancellationToken = default);

    /// <summary>Elements reached from one over relations.</summary>
    /// <param name="query">The question.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    [Alias("related")]
    Task<RelatedAnswer> Related(RelatedRequest query, CancellationToken cancellationToken = default);
}

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
