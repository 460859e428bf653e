using System.Buffers;
using Pudong.Twin.Domain.Events;

namespace Pudong.Twin.Domain.Elements;

/// <summary>The binary form of element states, for snapshots, for travel between silos and for the state hash.</summary>
/// <remarks>
/// Version 1. Ordinals and indexes are those of the package in force, which a snapshot names. The form is canonical: equal states give equal bytes on any machine.
/// Golden bytes in ElementStateCodecTests hold that old snapshots stay readable: a new version reads all versions before it.
/// </remarks>
public static class ElementStateCodec
{
    /// <summary>The version that is written.</summary>
    public const byte Version = 1;

    /// <summary>Writes a state.</summary>
    /// <param name="output">Where its bytes go.</param>
    /// <param name="state">The state.</param>
    public static void Write(IBufferWriter<byte> output, ElementState state) => Write(new StateWriter(output, withPositions: true), state);

    /// <summary>Reads a state.</summary>
    /// <param name="input">Bytes that begin with a state; others may follow.</param>
    /// <param name="length">How many bytes the state took.</param>
    /// <exception cref="InvalidDataException">The bytes are damaged or were written by a newer version.</exception>
    public static ElementState Read(ReadOnlySpan<byte> input, out int length)
    {
        var reader = new StateReader(input);
        if (reader.Byte() is var version and not Version)
        {
            throw new InvalidDataException($"The element state has version {version}; this program reads version {Version}.");
        }

        var state = new ElementState(new ElementContent(reader.Id())
        {
            Revision = reader.Count(),
            Marks = reader.Byte(),
            Clock = reader.Signed(),
            NextDue = reader.Signed(),
            Position = new LogPosition((long)reader.Number()),
            Memory = EventMemory.Of(reader.List((ref StateReader r) => r.Bits()).AsSpan()),
            Profile = ProfileCodec.Read(ref reader),
            Risk = RiskCodec.Read(ref reader),
            Readings = ReadingCodec.Read(ref reader),
        });
        length = reader.Position;
        return state;
    }

    internal static void Write(StateWriter writer, ElementState state)
    {
        writer.Byte(Version);
        writer.Id(state.Id);
        writer.Count((int)state.Revision);
        writer.Byte((byte)((state.IsRegistered ? ElementContent.Registered : 0) | (state.IsRetired ? ElementContent.Retired : 0)));
        writer.Signed(state.Clock);
        writer.Signed(state.NextDue);
        if (writer.WithPositions)
        {
            writer.Number((ulong)state.Position.Value);
        }

        writer.Count(state.Memory.Count);
        foreach (var key in state.Memory.Keys)
        {
            writer.Bits(key);
        }

        ProfileCodec.Write(writer, state.Profile);
        RiskCodec.Write(writer, state.Risk);
        ReadingCodec.Write(writer, state.Readings);
    }
}
