using System.Collections.Concurrent;
using System.Collections.Immutable;
using Orleans.Concurrency;
using Pudong.Twin.Contracts.Elements;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Grains.Elements;

namespace Pudong.Twin.Grains.Tests;

/// <summary>What a developer adds for a kind of his own: a view, and something that happens when events were applied.</summary>
[Alias("test.hydrant"), GrainInterfaceType("test.hydrant")]
public interface IHydrantGrain : IElementGrain
{
    /// <summary>How many events this activation was told of.</summary>
    [Alias("told"), AlwaysInterleave]
    ValueTask<int> Told();

    /// <summary>Where this activation lives.</summary>
    [Alias("silo"), AlwaysInterleave]
    ValueTask<SiloAddress> Silo();
}

/// <summary>Counts, and suffers what a test asks for.</summary>
[GrainType("hydrant")]
public sealed class HydrantGrain(ElementParts parts, HydrantScript script) : ElementGrain(parts), IHydrantGrain
{
    private int _told;

    /// <inheritdoc/>
    public ValueTask<int> Told() => ValueTask.FromResult(_told);

    /// <inheritdoc/>
    public ValueTask<SiloAddress> Silo() => ValueTask.FromResult(GrainContext.Address.SiloAddress!);

    /// <inheritdoc/>
    protected override async ValueTask OnApplied(ElementState before, ElementState after, ImmutableArray<PositionedEvent> events)
    {
        _told += events.Length;
        if (script.Of(after.Id) is { } happens)
        {
            await happens(events);
        }
    }
}

/// <summary>What hydrants do when events were applied to them.</summary>
public sealed class HydrantScript
{
    private readonly ConcurrentDictionary<ElementId, Func<ImmutableArray<PositionedEvent>, ValueTask>> _happenings = [];

    /// <summary>Sets what a hydrant does.</summary>
    /// <param name="id">The hydrant.</param>
    /// <param name="happens">What it does.</param>
    public void Set(ElementId id, Func<ImmutableArray<PositionedEvent>, ValueTask> happens) => _happenings[id] = happens;

    /// <summary>Lets a hydrant do nothing again.</summary>
    /// <param name="id">The hydrant.</param>
    public void Clear(ElementId id) => _happenings.TryRemove(id, out _);

    internal Func<ImmutableArray<PositionedEvent>, ValueTask>? Of(ElementId id) => _happenings.GetValueOrDefault(id);
}
