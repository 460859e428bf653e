using System.Collections.Immutable;
using Pudong.Twin.Contracts.Queries;
using Pudong.Twin.Grains.Tables;

namespace Pudong.Twin.Grains.Partitions;

/// <summary>Answers questions from what the partitions of this silo last published, off the turn of any grain.</summary>
/// <remarks>The seam between the partition grain and queries: <c>IPartitionGrain.Ask</c> is nothing but a call of it.</remarks>
public abstract class PartitionQuestions
{
    /// <summary>Scans the published tables of some partitions.</summary>
    /// <param name="board">Where they are published; partitions that are not there are named in the answer.</param>
    /// <param name="partitions">Their numbers.</param>
    /// <param name="question">The question.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    public abstract ValueTask<PartialAnswer> Answer(
        CityBoard board, ImmutableArray<int> partitions, Question question, CancellationToken cancellationToken);
}
