namespace Pudong.Twin.Contracts.Partitions;

/// <summary>A bound of a partition is full, and the call was not taken in; try again later. The API answers 429 with <c>Retry-After</c>.</summary>
/// <param name="message">One sentence that names the bound.</param>
[GenerateSerializer, Alias("pudong.partition-busy")]
public sealed class PartitionBusyException(string message) : Exception(message);
