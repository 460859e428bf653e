using System.Collections.Immutable;
using Pudong.Twin.Contracts.Queries;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Contracts.Changes;

/// <summary>Somebody who is told of changes: an open stream of the API, a test, an application.</summary>
/// <remarks>A watcher that does not keep up is dropped: <see cref="Dropped"/> is the last it hears. It costs the others nothing.</remarks>
[Alias("pudong.change-observer")]
public interface IChangeObserver : IGrainObserver
{
    /// <summary>Elements changed. The changes of one element come in their order; those of one partition carry rising positions.</summary>
    /// <param name="changes">What changed in one batch of a partition, at least one element.</param>
    [Alias("changed")]
    Task Changed(ChangeBatch changes);

    /// <summary>The watcher was too slow or its filter no longer fits the package; it has to read its selection anew and watch again.</summary>
    /// <param name="partition">The partition that dropped it.</param>
    /// <param name="head">The position behind which nothing was told.</param>
    [Alias("dropped")]
    Task Dropped(int partition, LogPosition head);
}

/// <summary>What somebody wants to be told of.</summary>
/// <param name="Selection">Which elements; its box is not regarded, and its moment is that of each event.</param>
[GenerateSerializer, Immutable, Alias("pudong.watch-request")]
public sealed record WatchRequest([property: Id(0)] Selection Selection)
{
    /// <summary>Batches that may wait for the watcher before it is dropped, from 1 to 1,024.</summary>
    [Id(1)]
    public int Buffer { get; init; } = 64;
}

/// <summary>Changes of one partition.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Through">The position up to which the watcher has now been told everything.</param>
/// <param name="Elements">The elements that changed and that the filter selects, or selected before.</param>
[GenerateSerializer, Immutable, Alias("pudong.change-batch")]
public sealed record ChangeBatch(
    [property: Id(0)] int Partition, [property: Id(1)] LogPosition Through, [property: Id(2)] ImmutableArray<ElementChanged> Elements);

/// <summary>How a change stands to a watcher's filter.</summary>
[GenerateSerializer, Alias("pudong.match")]
public enum Match
{
    /// <summary>It did not match before and does now.</summary>
    Entered = 1,

    /// <summary>It matched before and still does.</summary>
    Stayed = 2,

    /// <summary>It matched before and no longer does.</summary>
    Left = 3,
}

/// <summary>An element that changed.</summary>
/// <param name="Id">The element.</param>
/// <param name="Revision">Its revision afterwards.</param>
/// <param name="Match">How it stands to the filter.</param>
/// <param name="Time">The time of its last event, in Unix milliseconds.</param>
/// <param name="Types">The types of the events that changed it, in order.</param>
/// <param name="ScoreBefore">The score before, 0 to 100, at <paramref name="Time"/>.</param>
/// <param name="ScoreAfter">The score afterwards, 0 to 100, at <paramref name="Time"/>.</param>
/// <param name="BandBefore">The band before.</param>
/// <param name="BandAfter">The band afterwards.</param>
/// <param name="State">The state afterwards.</param>
[GenerateSerializer, Immutable, Alias("pudong.element-changed")]
public sealed record ElementChanged(
    [property: Id(0)] ElementId Id,
    [property: Id(1)] long Revision,
    [property: Id(2)] Match Match,
    [property: Id(3)] long Time,
    [property: Id(4)] ImmutableArray<string> Types,
    [property: Id(5)] double ScoreBefore,
    [property: Id(6)] double ScoreAfter,
    [property: Id(7)] RiskBand BandBefore,
    [property: Id(8)] RiskBand BandAfter,
    [property: Id(9)] ElementState State);
