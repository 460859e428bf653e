using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Grains.Tables;

/// <summary>The elements of one partition: the newest state of each. Its partition alone writes to it, one batch at a time.</summary>
/// <remarks>Not safe for many threads; <see cref="Publish"/> gives what others may read at any time.</remarks>
/// <param name="package">The package in force.</param>
public sealed class ElementTable(ModelPackage package)
{
    // States lie in blocks that a version shares; the first write after a publication copies the block it touches, not the table.
    private const int BlockRows = 1_024;

    private readonly Dictionary<ElementId, int> _rows = [];
    private readonly List<ElementState[]> _blocks = [];
    private readonly List<bool> _shared = [];

    /// <summary>The package by which the states' ordinals and indexes are read.</summary>
    public ModelPackage Package { get; private set; } = package;

    /// <summary>How many elements are known, dangling and retired ones included.</summary>
    public int Count => _rows.Count;

    /// <summary>How many elements are registered, retired ones included.</summary>
    public int Registered { get; private set; }

    /// <summary>The newest state of an element.</summary>
    /// <param name="id">The element.</param>
    /// <returns>The state; null when nothing has happened to the element.</returns>
    public ElementState? Find(ElementId id) => _rows.TryGetValue(id, out var row) ? _blocks[row / BlockRows][row % BlockRows] : null;

    /// <summary>Takes new states in, each in the place of the one before.</summary>
    /// <param name="states">At most one state for each element.</param>
    public void Put(ReadOnlySpan<ElementState> states)
    {
        foreach (var state in states)
        {
            Put(state);
        }
    }

    /// <summary>Takes all states over to another package, whose ordinals and indexes may be others.</summary>
    /// <param name="package">The package that comes in force.</param>
    /// <param name="carry">Gives a state as it is under the new package.</param>
    public void Adopt(ModelPackage package, Func<ElementState, ElementState> carry)
    {
        ArgumentNullException.ThrowIfNull(carry);
        Package = package;
        for (var row = 0; row < _rows.Count; row++)
        {
            Write(row, carry(_blocks[row / BlockRows][row % BlockRows]));
        }
    }

    /// <summary>The table as it is now, for readers on any thread.</summary>
    public ElementTableVersion Publish()
    {
        for (var block = 0; block < _shared.Count; block++)
        {
            _shared[block] = true;
        }

        return new ElementTableVersion(Package, [.. _blocks], _rows.Count, Registered);
    }

    private void Put(ElementState state)
    {
        if (!_rows.TryGetValue(state.Id, out var row))
        {
            row = _rows.Count;
            _rows.Add(state.Id, row);
            if (row % BlockRows == 0)
            {
                _blocks.Add(new ElementState[BlockRows]);
                _shared.Add(false);
            }
        }

        Write(row, state);
    }

    private void Write(int row, ElementState state)
    {
        var block = row / BlockRows;
        if (_shared[block])
        {
            _blocks[block] = (ElementState[])_blocks[block].Clone();
            _shared[block] = false;
        }

        ref var place = ref _blocks[block][row % BlockRows];
        Registered += (state.IsRegistered ? 1 : 0) - (place is { IsRegistered: true } ? 1 : 0);
        place = state;
    }
}
