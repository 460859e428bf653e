using System.Buffers;
using Orleans;

namespace Pudong.Twin.Domain.Elements;

/// <summary>How a state travels between silos: in the form that snapshots have.</summary>
[GenerateSerializer, Alias("pudong.element-state")]
public struct ElementStateSurrogate
{
    /// <summary>The bytes that <see cref="ElementStateCodec"/> writes.</summary>
    [Id(0)]
    public byte[] Bytes { get; set; }
}

/// <summary>Turns states into their travelling form and back.</summary>
[RegisterConverter]
public sealed class ElementStateConverter : IConverter<ElementState, ElementStateSurrogate>
{
    /// <inheritdoc/>
    public ElementState ConvertFromSurrogate(in ElementStateSurrogate surrogate) => ElementStateCodec.Read(surrogate.Bytes, out _);

    /// <inheritdoc/>
    public ElementStateSurrogate ConvertToSurrogate(in ElementState value)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        ElementStateCodec.Write(bytes, value);
        return new ElementStateSurrogate { Bytes = bytes.WrittenSpan.ToArray() };
    }
}
