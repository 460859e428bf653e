using System.Text;
using CsCheck;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Events.Coding;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Tests.Packages;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Events;

/// <summary>An event that was read makes the text of its id only when asked; nobody may notice but by the clock.</summary>
public sealed class TwinEventTests
{
    private static readonly ModelPackage Package = SmallPackage.Instance;

    private static readonly TwinEvent Reading = new("e-1", "//gateway/1", "reading-received", ElementId.Parse("sensor:s-1"), 1_700_000_000_000, new ReadingData(1, 12.5));

    [Fact]
    public void Key_OfAnEventThatWasRead_IsThatOfItsSourceAndId() =>
        AnyEvent.Any.Sample(
            e =>
            {
                var bytes = Codec.Bytes(e, Package);
                var (before, after) = (Codec.Read(bytes, Package), Codec.Read(bytes, Package));
                return after.Id == e.Id && before.Key == EventKey.Of(e.Source, e.Id) && after.Key == before.Key && before.Id == e.Id;
            },
            iter: 2_000);

    [Fact]
    public void Equals_OfAnEventThatWasRead_DoesNotDependOnWhatWasAskedBefore()
    {
        var (lazy, asked) = (Read(Reading), Read(Reading));

        Assert.Equal("e-1", asked.Id);
        Assert.Equal(lazy, asked);
        Assert.Equal(Reading, Read(Reading));
        Assert.Equal(Reading.GetHashCode(), Read(Reading).GetHashCode());
        Assert.Equal(Reading.ToString(), Read(Reading).ToString());
    }

    [Fact]
    public void Equals_OfEventsThatDifferInOneMember_IsFalse()
    {
        TwinEvent[] others =
        [
            Reading with { Id = "e-2" }, Reading with { Source = "//gateway/2" }, Reading with { Type = "other" }, Reading with { Subject = ElementId.Parse("sensor:s-2") },
            Reading with { Time = 1 }, Reading with { Data = new ReadingData(1, 13) }, Reading with { ExpectedRevision = 1 }, Reading with { TraceParent = "t" },
            Reading with { Cause = new Cause(1, new LogPosition(1), 0) },
        ];

        Assert.All(others, other => Assert.NotEqual(Reading, other));
        Assert.Equal(others.Length, others.Distinct().Count());
    }

    [Fact]
    public void With_OtherMembers_ChangesTheKeyWithIdAndSourceOnly()
    {
        var read = Read(Reading);
        var key = read.Key;

        Assert.Equal(EventKey.Of("//gateway/1", "e-2"), (read with { Id = "e-2" }).Key);
        Assert.Equal(EventKey.Of("//other", "e-1"), (read with { Source = "//other" }).Key);
        Assert.Equal((key, "e-1"), ((read with { Time = 7 }).Key, (read with { Time = 7 }).Id));
        Assert.Equal(read, read with { ExpectedRevision = 3, TraceParent = "t" } with { ExpectedRevision = null, TraceParent = null });
    }

    [Fact]
    public void Write_OfAnEventThatWasReadAndThenChanged_WritesTheNewId() =>
        Assert.Equal(Codec.Bytes(Reading with { Id = "e-2" }, Package), Codec.Bytes(Read(Reading) with { Id = "e-2" }, Package));

    [Theory]
    [InlineData("")]
    [InlineData("浦东-1")]
    [InlineData("0b54f0f5-2d5c-4f7a-9d0f-6f7f0f3f8a11")]
    public void Id_OfAnEventThatWasRead_IsTheSenders(string id) => Assert.Equal(id, Read(Reading with { Id = id }).Id);

    [Fact]
    public void Id_LongerThanABlock_IsTheSenders() => Assert.Equal(new string('x', 9_000), Read(Reading with { Id = new string('x', 9_000) }).Id);

    [Fact]
    public void Id_OfManyEventsOfOneReader_StaysWithItsEvent()
    {
        var strings = new EventStrings(64);
        var ids = Enumerable.Range(0, 2_000).Select(number => new string('i', number % 40) + number).ToArray();

        var read = ids.Select(id => TwinEventCodec.Read(Codec.Bytes(Reading with { Id = id }, Package), Package, strings)).ToArray();

        Assert.Equal(ids, read.Select(e => e.Id));
    }

    [Fact]
    public void ConvertToSurrogate_OfAnEventThatWasRead_KeepsEverything() =>
        AnyEvent.Any.Sample(
            e =>
            {
                var read = Codec.Read(Codec.Bytes(e, Package), Package);
                var converter = new TwinEventConverter();
                var back = converter.ConvertFromSurrogate(converter.ConvertToSurrogate(read));
                return back == read && back.Key == read.Key && Codec.Bytes(back, Package).AsSpan().SequenceEqual(Codec.Bytes(e, Package));
            },
            iter: 1_000);

    [Fact]
    public void Source_OfTextsThatDifferInOneByte_IsTheOneAskedFor()
    {
        var strings = new EventStrings(16);
        var texts = Enumerable.Range(0, 10_000).Select(number => $"//gateway/{number % 100}/stream-{number / 100}").ToArray();

        Assert.Equal(texts, texts.Select(text => strings.Source(Encoding.UTF8.GetBytes(text))));
        Assert.Equal("", strings.Source([]));
    }

    private static TwinEvent Read(TwinEvent e) => Codec.Read(Codec.Bytes(e, Package), Package);
}
