using System.Collections.Immutable;
using Orleans.Concurrency;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Contracts.Elements;

/// <summary>One element of the district: an enterprise, a building, a village, a sensor.</summary>
/// <remarks>
/// The kind is the grain type and the key is the element's key: <c>sensor/smoke-000042</c>. Kinds that a package adds share one grain type, whose key carries the
/// kind: <c>generic/hydrant:h-17</c>. <see cref="ElementGrainIds"/> knows both ways. A call to an element that was never registered wakes it and tells so.
/// </remarks>
[Alias("pudong.element"), GrainInterfaceType("pudong.element")]
public interface IElementGrain : IGrainWithStringKey
{
    /// <summary>Applies events in order to the state the partition holds and returns what became of it. Only the element's partition calls this.</summary>
    /// <param name="batch">The partition's state, which wins over the grain's own, and the events.</param>
    [Alias("apply")]
    ValueTask<ElementApplied> Apply(ElementBatch batch);

    /// <summary>Reads the element as it stands now, without waiting behind a batch.</summary>
    /// <param name="at">The moment its score is evaluated at, in Unix milliseconds; null for now.</param>
    /// <param name="cancellationToken">Ends the waiting for a partition that is still opening.</param>
    /// <returns>The element, retired ones too; null when it was never registered.</returns>
    [Alias("read"), AlwaysInterleave]
    ValueTask<ElementView?> Read(long? at = null, CancellationToken cancellationToken = default);

    /// <summary>Says why the score is what it is: points that add up to it, the score without each term, and what closing would change.</summary>
    /// <param name="at">The moment, in Unix milliseconds; null for now.</param>
    /// <param name="without">Names of evidence types to leave out for a counterfactual; empty for none.</param>
    /// <param name="cancellationToken">Ends the waiting for a partition that is still opening.</param>
    /// <returns>The explanation; null when the element was never registered.</returns>
    [Alias("explain"), AlwaysInterleave]
    ValueTask<ElementExplanation?> Explain(long? at = null, ImmutableArray<string> without = default, CancellationToken cancellationToken = default);

    /// <summary>Lists what changed, newest first, as far as the element remembers.</summary>
    /// <param name="limit">How many changes at most, from 1 to 256.</param>
    /// <param name="cancellationToken">Ends the waiting for a partition that is still opening.</param>
    [Alias("history"), AlwaysInterleave]
    ValueTask<ImmutableArray<ElementChange>> History(int limit = 256, CancellationToken cancellationToken = default);

    /// <summary>Sends an event about the element and waits until it took effect.</summary>
    /// <param name="e">An event whose subject is this element; its expected revision makes it a command that refuses when stale.</param>
    /// <param name="cancellationToken">Stops waiting; the event may still take effect.</param>
    /// <returns>What became of it. A refusal is a result, not an exception.</returns>
    [Alias("submit"), AlwaysInterleave]
    ValueTask<SubmitResult> Submit(TwinEvent e, CancellationToken cancellationToken = default);
}
