using System.Collections.Immutable;

namespace Pudong.Twin.Contracts.Queries;

/// <summary>A question to the partitions of one silo, checked and ready to be scanned.</summary>
[GenerateSerializer, Immutable, Alias("pudong.question")]
public abstract record Question;

/// <summary>What the partitions of one silo answer; answers of several silos merge.</summary>
/// <param name="NotHere">Numbers of partitions that do not live on the silo that was asked, or are not open.</param>
[GenerateSerializer, Immutable, Alias("pudong.partial-answer")]
public abstract record PartialAnswer([property: Id(0)] ImmutableArray<int> NotHere);
