using System.Collections.Immutable;
using NetTopologySuite.Geometries;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Domain.Events.Coding;

/// <summary>Writes and reads values: one byte for the kind, then the content. The numbers of the kinds are those of the format, not of the enumeration.</summary>
internal static class ValueCodec
{
    private const int Depth = 8;

    public static void Write(ref ByteSink sink, in Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Null:
                sink.Byte(0);
                break;
            case ValueKind.Boolean:
                sink.Byte(1);
                sink.Flag(value.Boolean);
                break;
            case ValueKind.Integer:
                sink.Byte(2);
                sink.Signed(value.Integer);
                break;
            case ValueKind.Number:
                sink.Byte(3);
                sink.Double(value.Number);
                break;
            case ValueKind.Text:
                sink.Byte(4);
                sink.Text(value.Text!);
                break;
            case ValueKind.Date:
                sink.Byte(5);
                sink.Signed(value.Integer);
                break;
            case ValueKind.Timestamp:
                sink.Byte(6);
                sink.Int64(value.Integer);
                break;
            case ValueKind.Geometry:
                WriteGeometry(ref sink, value.Geometry!);
                break;
            default:
                WriteItems(ref sink, value.Items);
                break;
        }
    }

    public static Value Read(ref ByteSource source, int depth = Depth) => source.Byte() switch
    {
        0 => Value.Null,
        1 => Value.Of(source.Flag()),
        2 => Value.Of(source.Signed()),
        3 => Value.Of(source.Finite()),
        4 => Value.Of(source.Text()),
        5 => ReadDay(ref source),
        6 => ReadTime(ref source),
        7 => Value.Of(new Point(source.Finite(), source.Finite())),
        8 => Value.Of(GeometryCodec.Read(ref source, depth)),
        9 when depth > 0 => ReadItems(ref source, depth - 1),
        var kind => throw source.Wrong($"a value is of kind {kind} at this depth; expected 0 to 9, nested at most {Depth} deep"),
    };

    private static void WriteGeometry(ref ByteSink sink, Geometry geometry)
    {
        if (geometry is Point { IsEmpty: false } point)
        {
            sink.Byte(7);
            sink.Double(point.X);
            sink.Double(point.Y);
            return;
        }

        sink.Byte(8);
        GeometryCodec.Write(ref sink, geometry);
    }

    private static void WriteItems(ref ByteSink sink, ImmutableArray<Value> items)
    {
        sink.Byte(9);
        sink.Count((ulong)items.Length);
        foreach (ref readonly var item in items.AsSpan())
        {
            Write(ref sink, item);
        }
    }

    private static Value ReadItems(ref ByteSource source, int depth)
    {
        var items = ImmutableArray.CreateBuilder<Value>(source.Items(1));
        for (var left = items.Capacity; left > 0; left--)
        {
            items.Add(Read(ref source, depth));
        }

        return Value.Of(items.MoveToImmutable());
    }

    private static Value ReadDay(ref ByteSource source)
    {
        var day = source.Signed();
        return day >= 0 && day <= DateOnly.MaxValue.DayNumber ? Value.OfDay(day) : throw source.Wrong("a day is not between the years 1 and 9999");
    }

    private static Value ReadTime(ref ByteSource source)
    {
        var ticks = source.Int64();
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? Value.OfTicks(ticks) : throw source.Wrong("a time is not between the years 1 and 9999");
    }
}
