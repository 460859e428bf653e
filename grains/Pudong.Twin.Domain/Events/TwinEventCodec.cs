using System.Buffers;
using System.Text;
using Pudong.Twin.Domain.Events.Coding;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Domain.Events;

/// <summary>The binary form of events, in which logs keep them and partitions receive them.</summary>
/// <remarks>
/// One byte for the version, one of flags, the number of the event type (<see cref="NameHash"/>), the time, then id, source, subject and data. Names of the package go by their
/// numbers and evidence by its index, so that events outlive changes of the package as long as what they name is still declared. Old versions stay readable: a golden file
/// of each version is among the tests.
/// </remarks>
public static class TwinEventCodec
{
    /// <summary>The version that is written.</summary>
    public const byte Version = 1;

    private const byte HasRevision = 1;
    private const byte HasCause = 2;
    private const byte HasTrace = 4;

    /// <summary>Writes an event.</summary>
    /// <param name="e">The event, as the package's types ask for it.</param>
    /// <param name="package">The package that its ordinals belong to.</param>
    /// <param name="writer">Where the bytes go.</param>
    /// <exception cref="ArgumentException">The package does not know the event's type or the subject's kind.</exception>
    public static void Write(TwinEvent e, ModelPackage package, IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(e);
        var type = package.FindEventType(e.Type) ?? throw UnknownType(e, package);
        var sink = new ByteSink(writer);
        sink.Byte(Version);
        sink.Byte((byte)((e.ExpectedRevision is null ? 0 : HasRevision) | (e.Cause is null ? 0 : HasCause) | (e.TraceParent is null ? 0 : HasTrace)));
        sink.UInt32(type.Number);
        sink.Int64(e.Time);
        WriteId(ref sink, e);
        sink.Text(e.Source);
        sink.Text(e.Subject.ToString());
        WriteOptional(ref sink, e);
        DataWriter.Write(ref sink, e, type, package);
        sink.Complete();
    }

    /// <summary>Reads an event.</summary>
    /// <param name="bytes">What <see cref="Write"/> wrote, now or years ago.</param>
    /// <param name="package">The package in force at the event's position.</param>
    /// <param name="strings">Ids and sources to share; one object a thread.</param>
    /// <exception cref="EventFormatException">The bytes are no event, or name what the package does not know.</exception>
    public static TwinEvent Read(ReadOnlySpan<byte> bytes, ModelPackage package, EventStrings strings)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(strings);
        try
        {
            var source = new ByteSource(bytes, strings);
            var e = Read(ref source, package);
            return source.Left == 0 ? e : throw LeftOver(ref source);
        }
        catch (DecoderFallbackException mistake)
        {
            throw new EventFormatException("The bytes are no event: a text is not UTF-8.", mistake);
        }
    }

    private static TwinEvent Read(ref ByteSource source, ModelPackage package)
    {
        var flags = ReadVersion(ref source);
        var number = source.UInt32();
        var type = package.FindEventType(number) ?? throw UnknownType(ref source, number, package);
        var time = source.Int64();
        var id = source.Text(out var spelledId);
        var sender = source.Source();
        var subject = source.Id();
        if (flags == 0)
        {
            return new TwinEvent(id!, sender, type.Name, subject, time, DataReader.Read(ref source, type, subject.Kind, package)) { SpelledId = spelledId };
        }

        long? revision = (flags & HasRevision) != 0 ? source.Signed() : null;
        Cause? cause = (flags & HasCause) != 0 ? ReadCause(ref source) : null;
        var trace = (flags & HasTrace) != 0 ? source.Text() : null;
        var data = DataReader.Read(ref source, type, subject.Kind, package);
        return new TwinEvent(id!, sender, type.Name, subject, time, data) { SpelledId = spelledId, ExpectedRevision = revision, Cause = cause, TraceParent = trace };
    }

    private static byte ReadVersion(ref ByteSource source)
    {
        var version = source.Byte();
        if (version != Version)
        {
            throw UnknownVersion(ref source, version);
        }

        var flags = source.Byte();
        return flags <= (HasRevision | HasCause | HasTrace)
            ? flags
            : throw UnknownFlags(ref source, flags);
    }

    private static void WriteId(ref ByteSink sink, TwinEvent e)
    {
        if (e.SpelledId.IsEmpty)
        {
            sink.Text(e.Id);
        }
        else
        {
            sink.Text(e.SpelledId.Bytes);
        }
    }

    private static void WriteOptional(ref ByteSink sink, TwinEvent e)
    {
        if (e.ExpectedRevision is { } revision)
        {
            sink.Signed(revision);
        }

        if (e.Cause is { } cause)
        {
            sink.Count((ulong)cause.Partition);
            sink.Count((ulong)cause.Position.Value);
            sink.Count((ulong)cause.Ordinal);
        }

        if (e.TraceParent is { } trace)
        {
            sink.Text(trace);
        }
    }

    private static Cause ReadCause(ref ByteSource source) => new(source.Index(int.MaxValue), new LogPosition(Position(ref source)), source.Index(int.MaxValue));

    private static long Position(ref ByteSource source)
    {
        var position = source.Count();
        return position <= long.MaxValue ? (long)position : throw source.Wrong("a position has more than 63 bits");
    }

    // The messages stand apart: their making would cost every event that is right some of the time of one that is wrong.
    private static ArgumentException UnknownType(TwinEvent e, ModelPackage package) =>
        new($"Package {package} has no event type '{e.Type}', which event '{e.Id}' is of.", nameof(e));

    private static EventFormatException UnknownType(ref ByteSource source, uint number, ModelPackage package) =>
        source.Wrong($"the event type has number {number}, which package {package} does not know");

    private static EventFormatException UnknownVersion(ref ByteSource source, byte version) =>
        source.Wrong($"the version is {version}; expected {Version}, or a newer program");

    private static EventFormatException UnknownFlags(ref ByteSource source, byte flags) =>
        source.Wrong($"the flags are {flags}; expected 0 to {HasRevision | HasCause | HasTrace}, or a newer program");

    private static EventFormatException LeftOver(ref ByteSource source) => source.Wrong($"{source.Left} bytes are left over");
}
