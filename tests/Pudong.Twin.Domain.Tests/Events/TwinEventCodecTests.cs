using CsCheck;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Events.Coding;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Tests.Packages;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Events;

public sealed class TwinEventCodecTests
{
    private static readonly ModelPackage Package = SmallPackage.Instance;

    private static readonly TwinEvent Reading = new("e-1", "//gateway/1", "reading-received", ElementId.Parse("sensor:s-1"), 1_700_000_000_000, new ReadingData(1, 12.5));

    [Fact]
    public void Read_OfWhatWasWritten_GivesTheSameEvent() =>
        AnyEvent.Any.Sample(
            e =>
            {
                var bytes = Codec.Bytes(e, Package);
                var read = Codec.Read(bytes, Package);
                return bytes.AsSpan().SequenceEqual(Codec.Bytes(read, Package))
                    && (read.Id, read.Source, read.Type, read.Subject, read.Time) == (e.Id, e.Source, e.Type, e.Subject, e.Time)
                    && (read.ExpectedRevision, read.Cause, read.TraceParent, read.Data.GetType()) == (e.ExpectedRevision, e.Cause, e.TraceParent, e.Data.GetType());
            },
            iter: 5_000);

    [Fact]
    public void Read_OfTruncatedBytes_SaysThatTheyAreNoEvent() =>
        AnyEvent.Any.Sample(
            e =>
            {
                var bytes = Codec.Bytes(e, Package);
                for (var length = 0; length < bytes.Length; length++)
                {
                    var start = bytes[..length];
                    Assert.Throws<EventFormatException>(() => Codec.Read(start, Package));
                }
            },
            iter: 10);

    [Fact]
    public void Read_OfMutatedBytes_GivesAnEventOrSaysWhatIsWrong() =>
        Gen.Select(AnyEvent.Any, Gen.Int[0, 10_000].Array[1, 4], Gen.Byte.Array[4]).Sample(
            (e, places, values) =>
            {
                var bytes = Codec.Bytes(e, Package);
                for (var change = 0; change < places.Length; change++)
                {
                    bytes[places[change] % bytes.Length] = values[change];
                }

                return TryRead(bytes);
            },
            iter: 5_000);

    [Fact]
    public void Read_OfRandomBytes_SaysWhatIsWrong() => Gen.Byte.Array[0, 200].Sample(TryRead, iter: 10_000);

    [Fact]
    public void Read_OfAnotherVersion_NamesBoth() =>
        Assert.Equal(
            "The bytes are no event: before byte 1 of 3, the version is 9; expected 1, or a newer program.",
            Assert.Throws<EventFormatException>(() => Codec.Read([9, 0, 0], Package)).Message);

    [Fact]
    public void Read_OfATypeThatThePackageDoesNotKnow_NamesThePackage()
    {
        var bytes = Codec.Bytes(Reading, Package);
        bytes[2]++;

        Assert.Matches(
            "^The bytes are no event: before byte 6 of [0-9]+, the event type has number [0-9]+, which package test.small/1 does not know.$",
            Assert.Throws<EventFormatException>(() => Codec.Read(bytes, Package)).Message);
    }

    [Fact]
    public void Read_WithBytesLeftOver_Refuses() =>
        Assert.EndsWith("2 bytes are left over.", Assert.Throws<EventFormatException>(() => Codec.Read([.. Codec.Bytes(Reading, Package), 0, 0], Package)).Message, StringComparison.Ordinal);

    [Fact]
    public void Write_OfATypeThatThePackageDoesNotKnow_Throws() =>
        Assert.Equal(
            "Package test.small/1 has no event type 'unheard-of', which event 'e-1' is of. (Parameter 'e')",
            Assert.Throws<ArgumentException>(() => Codec.Bytes(Reading with { Type = "unheard-of" }, Package)).Message);

    [Fact]
    public void Read_UnderAPackageWithOtherOrdinals_FindsTheSameNames()
    {
        var content = SmallPackage.Content(2);
        var kinds = content.Kinds.Select(kind => kind.Name == "sensor"
            ? new ElementKind(kind.Name, content.Risk.Domains, kind.Attributes, [kind.Readings[1] with { Ordinal = 0 }, kind.Readings[0] with { Ordinal = 1 }])
            : kind);
        var turned = new ModelPackage(content with { Kinds = [.. kinds] });

        var read = Codec.Read(Codec.Bytes(Reading, Package), turned);

        Assert.Equal(new ReadingData(0, 12.5), read.Data);
    }

    [Fact]
    public void Read_OfManyEvents_SharesIdsAndSources()
    {
        var bytes = Codec.Bytes(Reading, Package);
        var strings = new EventStrings();

        var first = TwinEventCodec.Read(bytes, Package, strings);
        var second = TwinEventCodec.Read(bytes, Package, strings);

        Assert.Same(first.Subject, second.Subject);
        Assert.Same(first.Source, second.Source);
    }

    private static bool TryRead(byte[] bytes)
    {
        try
        {
            return Codec.Read(bytes, Package) is not null;
        }
        catch (EventFormatException mistake)
        {
            return mistake.Message.Length > 0;
        }
    }
}
