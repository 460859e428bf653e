using System.Buffers;
using System.Globalization;
using System.IO.Hashing;
using Orleans;

namespace Pudong.Twin.Domain.Elements;

/// <summary>A number that two cities have in common exactly when all their elements are in the same state, but for chance.</summary>
/// <param name="High">The upper 64 bits.</param>
/// <param name="Low">The lower 64 bits.</param>
/// <remarks>
/// The sum, modulo 2^128, of XXH128 (seed 0) over the canonical bytes of each element (<see cref="ElementStateCodec"/> without positions in the log): so it depends
/// neither on the order of the elements nor on the machine, and hashes of partitions add up to that of the city. An element that nothing has happened to counts as 0.
/// Vectors are written down in StateHashTests.
/// </remarks>
[GenerateSerializer, Immutable, Alias("pudong.state-hash")]
public readonly record struct StateHash([property: Id(0)] ulong High, [property: Id(1)] ulong Low)
{
    private StateHash(UInt128 value)
        : this((ulong)(value >> 64), (ulong)value)
    {
    }

    private UInt128 Value => new(High, Low);

    /// <summary>The hash of one element.</summary>
    /// <param name="state">The element.</param>
    public static StateHash Of(ElementState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Revision == 0 && state.Memory.Count == 0)
        {
            return default;
        }

        var bytes = new ArrayBufferWriter<byte>(512);
        ElementStateCodec.Write(new StateWriter(bytes, withPositions: false), state);
        return new StateHash(XxHash128.HashToUInt128(bytes.WrittenSpan));
    }

    /// <summary>The hash of many elements, in any order.</summary>
    /// <param name="states">The elements, each once.</param>
    public static StateHash Of(IEnumerable<ElementState> states)
    {
        ArgumentNullException.ThrowIfNull(states);
        return states.Aggregate(default(StateHash), (sum, state) => sum + Of(state));
    }

    /// <summary>The hash of two groups of elements together.</summary>
    /// <param name="left">The hash of one group.</param>
    /// <param name="right">The hash of another group.</param>
    public static StateHash operator +(StateHash left, StateHash right) => new(left.Value + right.Value);

    /// <summary>The hash of a group without some of its elements.</summary>
    /// <param name="left">The hash of the group.</param>
    /// <param name="right">The hash of those that leave it.</param>
    public static StateHash operator -(StateHash left, StateHash right) => new(left.Value - right.Value);

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
