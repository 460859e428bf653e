using Pudong.Twin.Contracts.Changes;
using Pudong.Twin.Contracts.Queries;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Grains.Partitions;

/// <summary>Decides for one watcher how a change stands to its selection.</summary>
/// <remarks>
/// Made anew when another package comes in force. A watcher whose filter does not fit the package is refused with
/// <see cref="QueryRefusedException"/> on <c>Watch</c>, and dropped when a later package does not fit.
/// </remarks>
public sealed class ChangeMatcher
{
    private readonly string? _kind;

    /// <summary>Binds a selection.</summary>
    /// <param name="package">The package in force.</param>
    /// <param name="selection">What is watched; box and moment are not regarded.</param>
    /// <exception cref="QueryRefusedException">The selection does not fit the package.</exception>
    public ChangeMatcher(ModelPackage package, Selection selection)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(selection);
        _kind = selection.Collection == "element" ? null : selection.Collection;
    }

    /// <summary>How a change stands to the selection.</summary>
    /// <param name="before">The state before the batch; that of an unknown element for a new one.</param>
    /// <param name="after">The state after the batch.</param>
    /// <param name="time">The moment of both, in Unix milliseconds.</param>
    /// <returns>Entered, stayed or left; null when neither state matches.</returns>
    public Match? Of(ElementState before, ElementState after, long time)
    {
        var matched = before.IsRegistered && !before.IsRetired && Selects(before);
        var matches = after.IsRegistered && !after.IsRetired && Selects(after);
        return (matched, matches) switch
        {
            (true, true) => Match.Stayed,
            (true, false) => Match.Left,
            (false, true) => Match.Entered,
            _ => null,
        };
    }

    private bool Selects(ElementState state) => _kind is null || state.Id.Kind == _kind;
}
