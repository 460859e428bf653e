using System.Collections.Immutable;
using Pudong.Twin.Domain.Sensing;

namespace Pudong.Twin.Domain.Elements;

/// <summary>The binary form of what a sensor knows about its readings.</summary>
internal static class ReadingCodec
{
    private const byte Silent = 1;
    private const byte Drifted = 2;

    public static void Write(StateWriter writer, ImmutableArray<ReadingState> readings) => writer.List(readings, WriteReading);

    public static ImmutableArray<ReadingState> Read(ref StateReader reader) => reader.List(ReadReading);

    private static void WriteReading(StateWriter writer, in ReadingState reading)
    {
        writer.Count(reading.Ordinal);
        writer.Byte((byte)((reading.Silent ? Silent : 0) | (reading.Drifted ? Drifted : 0)));
        writer.Count(reading.Raised);
        writer.Double(reading.Last);
        writer.Signed(reading.LastAt);
        writer.List(reading.SuspectSince, (StateWriter w, in long since) => w.Signed(since));
        WriteBucket(writer, reading.Window.Last);
        writer.List(reading.Window.Closed, WriteBucket);
    }

    private static ReadingState ReadReading(ref StateReader reader)
    {
        var ordinal = (ushort)reader.Count();
        var marks = reader.Byte();
        return new ReadingState
        {
            Ordinal = ordinal,
            Silent = (marks & Silent) != 0,
            Drifted = (marks & Drifted) != 0,
            Raised = (ushort)reader.Count(),
            Last = reader.Double(),
            LastAt = reader.Signed(),
            SuspectSince = reader.List((ref StateReader r) => r.Signed()) is { IsEmpty: false } suspects ? suspects : default,
            Window = new RollingWindow(ReadBucket(ref reader), reader.List(ReadBucket)),
        };
    }

    private static void WriteBucket(StateWriter writer, in Bucket bucket)
    {
        writer.Signed(bucket.Index);
        writer.Count(bucket.Count);
        writer.Double(bucket.Sum);
        writer.Double(bucket.Minimum);
        writer.Double(bucket.Maximum);
    }

    private static Bucket ReadBucket(ref StateReader reader) =>
        new(reader.Signed(), reader.Count(), reader.Double(), reader.Double(), reader.Double());
}
