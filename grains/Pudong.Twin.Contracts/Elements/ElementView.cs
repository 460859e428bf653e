using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Contracts.Elements;

/// <summary>An element as it stands at a moment.</summary>
/// <param name="State">All it keeps; it changes only by events.</param>
/// <param name="Package">The package by which the state's ordinals and indexes are read.</param>
/// <param name="At">The moment, in Unix milliseconds.</param>
/// <param name="Score">The risk score at that moment, 0 to 100.</param>
/// <param name="Band">The band at that moment.</param>
/// <param name="Priority">Score times consequence, 0 to 100.</param>
[GenerateSerializer, Immutable, Alias("pudong.element-view")]
public sealed record ElementView(
    [property: Id(0)] ElementState State,
    [property: Id(1)] PackageVersion Package,
    [property: Id(2)] long At,
    [property: Id(3)] double Score,
    [property: Id(4)] RiskBand Band,
    [property: Id(5)] double Priority);

/// <summary>What became of a submitted event.</summary>
/// <param name="Outcome">Whether it changed the element.</param>
/// <param name="Position">Its place in the log of the element's partition.</param>
/// <param name="Revision">The element's revision afterwards; 0 when the element was never registered.</param>
[GenerateSerializer, Immutable, Alias("pudong.submit-result")]
public sealed record SubmitResult([property: Id(0)] Outcome Outcome, [property: Id(1)] LogPosition Position, [property: Id(2)] long Revision)
{
    /// <summary>Why it was refused; null when it was not.</summary>
    [Id(3)]
    public Refusal? Refusal { get; init; }
}
