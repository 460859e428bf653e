using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Domain.Elements;

/// <summary>The binary form of values: one byte for the kind, then the content.</summary>
internal static class ValueCodec
{
    public static void Write(StateWriter writer, in Value value)
    {
        writer.Byte((byte)value.Kind);
        switch (value.Kind)
        {
            case ValueKind.Null:
                break;
            case ValueKind.Number:
                writer.Double(value.Number);
                break;
            case ValueKind.Text:
                writer.Text(value.Text!);
                break;
            case ValueKind.Geometry:
                writer.Bytes(value.Geometry!.ToBinary());
                break;
            case ValueKind.Array:
                writer.List(value.Items, Write);
                break;
            default:
                writer.Signed(value.Integer);
                break;
        }
    }

    public static Value Read(ref StateReader reader) => (ValueKind)reader.Byte() switch
    {
        ValueKind.Null => Value.Null,
        ValueKind.Boolean => Value.Of(reader.Signed() != 0),
        ValueKind.Integer => Value.Of(reader.Signed()),
        ValueKind.Number => Value.Of(reader.Double()),
        ValueKind.Text => Value.Of(reader.CommonText()),
        ValueKind.Date => Value.OfDay(reader.Signed()),
        ValueKind.Timestamp => Value.OfTicks(reader.Signed()),
        ValueKind.Geometry => Value.Of(ReadGeometry(ref reader)),
        ValueKind.Array => Value.Of(reader.List(Read)),
        var other => throw reader.Broken($"kind {other} of a value"),
    };

    /// <summary>Passes over a value.</summary>
    public static void Skip(ref StateReader reader)
    {
        switch ((ValueKind)reader.Byte())
        {
            case ValueKind.Null:
                break;
            case ValueKind.Number:
                reader.Double();
                break;
            case ValueKind.Text or ValueKind.Geometry:
                reader.Skip();
                break;
            case ValueKind.Array:
                for (var left = reader.Count(); left > 0; left--)
                {
                    Skip(ref reader);
                }

                break;
            default:
                reader.Signed();
                break;
        }
    }

    public static Geometry ReadGeometry(ref StateReader reader)
    {
        var bytes = reader.Bytes();
        try
        {
            return new WKBReader().Read(bytes);
        }
        catch (Exception fault) when (fault is ParseException or ArgumentException or EndOfStreamException)
        {
            throw reader.Broken($"no geometry ({fault.Message})");
        }
    }
}
