using Pudong.Twin.Contracts.Elements;
using Pudong.Twin.Domain.Elements;

namespace Pudong.Twin.Grains.Partitions;

/// <summary>References to the elements that a partition called lately, so that a hot one need not be looked up by its text for each call.</summary>
/// <remarks>Two generations: when the younger is full, or a period is over, the older one is forgotten. An element that is not here counts as asleep.</remarks>
internal sealed class ElementReferences(IGrainFactory grains, int limit)
{
    private Dictionary<ElementId, IElementGrain> _young = [];
    private Dictionary<ElementId, IElementGrain> _old = [];

    /// <summary>The reference to an element.</summary>
    /// <param name="id">The element.</param>
    /// <param name="awake">Whether it was called lately.</param>
    public IElementGrain Of(ElementId id, out bool awake)
    {
        if (_young.TryGetValue(id, out var reference))
        {
            awake = true;
            return reference;
        }

        awake = _old.Remove(id, out reference);
        reference ??= grains.GetElement(id);
        if (_young.Count >= limit / 2)
        {
            Age();
        }

        _young.Add(id, reference);
        return reference;
    }

    /// <summary>Whether an element was called lately.</summary>
    /// <param name="id">The element.</param>
    public bool IsAwake(ElementId id) => _young.ContainsKey(id) || _old.ContainsKey(id);

    /// <summary>Forgets what was not called since the last ageing.</summary>
    public void Age()
    {
        (_old, _young) = (_young, _old);
        _young.Clear();
    }
}
