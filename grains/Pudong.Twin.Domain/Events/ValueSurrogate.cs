using System.Collections.Immutable;
using NetTopologySuite.IO;
using Orleans;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Domain.Events;

/// <summary>How a value of the query library travels between silos; the library itself knows nothing of Orleans.</summary>
[GenerateSerializer, Alias("pudong.value")]
public struct ValueSurrogate
{
    /// <summary>What the value is.</summary>
    [Id(0)]
    public ValueKind Kind { get; set; }

    /// <summary>Truth, integer, day, ticks, or the bits of a number.</summary>
    [Id(1)]
    public long Bits { get; set; }

    /// <summary>A text.</summary>
    [Id(2)]
    public string? Text { get; set; }

    /// <summary>A geometry, as well-known binary.</summary>
    [Id(3)]
    public byte[]? Geometry { get; set; }

    /// <summary>The items of an array.</summary>
    [Id(4)]
    public ImmutableArray<Value> Items { get; set; }
}

/// <summary>Turns values into their travelling form and back.</summary>
[RegisterConverter]
public sealed class ValueConverter : IConverter<Value, ValueSurrogate>
{
    /// <inheritdoc/>
    public Value ConvertFromSurrogate(in ValueSurrogate surrogate) => surrogate.Kind switch
    {
        ValueKind.Boolean => Value.Of(surrogate.Bits != 0),
        ValueKind.Integer => Value.Of(surrogate.Bits),
        ValueKind.Number => Value.Of(BitConverter.Int64BitsToDouble(surrogate.Bits)),
        ValueKind.Text => Value.Of(surrogate.Text),
        ValueKind.Date => Value.OfDay(surrogate.Bits),
        ValueKind.Timestamp => Value.OfTicks(surrogate.Bits),
        ValueKind.Geometry => Value.Of(new WKBReader().Read(surrogate.Geometry)),
        ValueKind.Array => Value.Of(surrogate.Items),
        _ => Value.Null,
    };

    /// <inheritdoc/>
    public ValueSurrogate ConvertToSurrogate(in Value value) => new()
    {
        Kind = value.Kind,
        Bits = value.Kind == ValueKind.Number ? BitConverter.DoubleToInt64Bits(value.Number) : value.Integer,
        Text = value.Text,
        Geometry = value.Geometry?.ToBinary(),
        Items = value.Kind == ValueKind.Array ? value.Items : default,
    };
}
