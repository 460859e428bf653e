using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Grains.Tables;

/// <summary>An element table as it was after a whole batch. Immutable, and safe to read from many threads.</summary>
public sealed class ElementTableVersion
{
    private readonly ElementState[][] _blocks;

    internal ElementTableVersion(ModelPackage package, ElementState[][] blocks, int count, int registered)
    {
        Package = package;
        _blocks = blocks;
        Count = count;
        Registered = registered;
    }

    /// <summary>The package by which the states' ordinals and indexes are read.</summary>
    public ModelPackage Package { get; }

    /// <summary>How many elements there are, dangling and retired ones included.</summary>
    public int Count { get; }

    /// <summary>How many elements are registered, retired ones included.</summary>
    public int Registered { get; }

    /// <summary>All states, each element once, in the order in which the partition met them first.</summary>
    public IEnumerable<ElementState> States
    {
        get
        {
            var left = Count;
            foreach (var block in _blocks)
            {
                for (var row = 0; row < block.Length && left > 0; row++, left--)
                {
                    yield return block[row];
                }
            }
        }
    }
}
