using System.Collections.Frozen;
using Pudong.Twin.Domain.Elements;

namespace Pudong.Twin.Contracts.Elements;

/// <summary>Which grain an element is, and which element a grain is.</summary>
public static class ElementGrainIds
{
    /// <summary>The grain type that all kinds share which have no grain type of their own.</summary>
    public const string Generic = "generic";

    private static readonly FrozenSet<string> Shipped = FrozenSet.ToFrozenSet(["enterprise", "building", "village", "sensor"], StringComparer.Ordinal);
    private static FrozenSet<string> _added = FrozenSet<string>.Empty;

    /// <summary>The grain of an element.</summary>
    /// <param name="id">The element.</param>
    public static GrainId Of(ElementId id) => Shipped.Contains(id.Kind) || IsAdded(id.Kind)
        ? GrainId.Create(id.Kind, id.Key.ToString())
        : GrainId.Create(Generic, id.ToString());

    /// <summary>The element of a grain.</summary>
    /// <param name="grain">The grain's id.</param>
    /// <exception cref="FormatException">The grain is no element.</exception>
    public static ElementId ElementOf(GrainId grain)
    {
        var type = grain.Type.ToString()!;
        var key = grain.Key.ToString()!;
        return type == Generic ? ElementId.Parse(key) : ElementId.Of(type, key);
    }

    /// <summary>Gives a kind a grain type of its own, with the kind as its name. Every silo and client of a cluster has to add the same kinds before it starts.</summary>
    /// <param name="kind">The kind, which a package declares.</param>
    /// <exception cref="ArgumentException">The text is no kind, or names the shared grain type.</exception>
    public static void Add(string kind)
    {
        if (!ElementId.IsKind(kind) || kind == Generic)
        {
            throw new ArgumentException($"'{kind}' cannot be a kind with grains of its own; expected a kind in lower case that a package declares, such as 'hydrant'.", nameof(kind));
        }

        FrozenSet<string> before;
        do
        {
            before = _added;
        }
        while (Interlocked.CompareExchange(ref _added, before.Append(kind).ToFrozenSet(StringComparer.Ordinal), before) != before);
    }

    /// <summary>Whether a kind was given a grain type of its own by <see cref="Add"/>.</summary>
    /// <param name="kind">The kind.</param>
    public static bool IsAdded(string kind) => Volatile.Read(ref _added) is { Count: > 0 } added && added.Contains(kind);

    /// <summary>A reference to the grain of an element.</summary>
    /// <param name="grains">The factory of the silo or client.</param>
    /// <param name="id">The element.</param>
    public static IElementGrain GetElement(this IGrainFactory grains, ElementId id) => grains.GetGrain<IElementGrain>(Of(id));
}
