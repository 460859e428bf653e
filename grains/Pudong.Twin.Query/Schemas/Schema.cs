using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Pudong.Twin.Query.Schemas;

/// <summary>The queryables that expressions about a kind of record may name, each with an ordinal.</summary>
public sealed class Schema
{
    private readonly FrozenDictionary<string, int> _ordinals;

    /// <summary>Makes a schema.</summary>
    /// <param name="queryables">The queryables; their order gives the ordinals.</param>
    /// <exception cref="ArgumentException">Two queryables have the same name, or a name is empty.</exception>
    public Schema(params IEnumerable<Queryable> queryables)
    {
        Queryables = [.. queryables];
        var ordinals = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var queryable in Queryables)
        {
            ArgumentException.ThrowIfNullOrEmpty(queryable.Name, nameof(queryables));
            if (!ordinals.TryAdd(queryable.Name, ordinals.Count))
            {
                throw new ArgumentException($"The schema names queryable '{queryable.Name}' twice; names must be unique.", nameof(queryables));
            }
        }

        _ordinals = ordinals.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The queryables by ordinal.</summary>
    public ImmutableArray<Queryable> Queryables { get; }

    /// <summary>The queryable of an ordinal.</summary>
    /// <param name="ordinal">From 0 to the number of queryables less one.</param>
    public Queryable this[int ordinal] => Queryables[ordinal];

    /// <summary>Finds a queryable.</summary>
    /// <param name="name">The exact name; case counts.</param>
    /// <returns>Its ordinal, or −1 when there is none.</returns>
    public int OrdinalOf(string name) => _ordinals.TryGetValue(name, out var ordinal) ? ordinal : -1;
}
