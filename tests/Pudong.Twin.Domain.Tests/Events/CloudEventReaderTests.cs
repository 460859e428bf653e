using System.Buffers;
using System.Globalization;
using System.Text;
using CsCheck;
using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Packages;
using Pudong.Twin.Domain.Tests.Packages;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Events;

public sealed class CloudEventReaderTests
{
    private const long Now = 1_900_000_000_000;

    private static readonly ModelPackage Package = SmallPackage.Instance;

    [Fact]
    public void Read_AReading_GivesATypedEvent()
    {
        var e = Read(Event("reading-received", "sensor:gas-1", """{"reading":"gas","value":12.5,"unit":"%"}""")).Event!;

        Assert.Equal(("e1", "//gateway/1", "reading-received", "sensor:gas-1"), (e.Id, e.Source, e.Type, e.Subject.ToString()));
        Assert.Equal(DateTimeOffset.Parse("2021-11-01T08:00:00.25+08:00", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(), e.Time);
        Assert.Equal(new ReadingData(0, 12.5), e.Data);
    }

    [Fact]
    public void Read_WithDataBeforeTheType_GivesTheSameEvent()
    {
        var json = """{"data":{"value":12.5,"reading":"gas"},"time":"2021-11-01T00:00:00.25Z","subject":"sensor:gas-1","type":"reading-received","source":"//gateway/1","id":"e1","specversion":"1.0"}""";

        Assert.Equal(
            Codec.Bytes(Read(Event("reading-received", "sensor:gas-1", """{"reading":"gas","value":12.5,"unit":"%"}""")).Event!, Package),
            Codec.Bytes(Read(json).Event!, Package));
    }

    [Fact]
    public void Read_ARegistration_TakesAttributesPlaceAndRelations()
    {
        var e = Read(Event("element-registered", "shop:s-1", """
            {"name":"甲店","attributes":{"area":120.5,"industry":"catering","town":"310115004","opened":"2021-11-01"},
             "geometry":{"type":"Point","coordinates":[121.5,31.2,4]},"relations":[{"relation":"locatedIn","target":"building:not-there-yet"}]}
            """)).Event!;

        var data = Assert.IsType<AttributeData>(e.Data);
        Assert.Equal([0, 2, 3, 5], data.Values.Select(value => value.Attribute));
        Assert.Equal(["310115004", "catering", "120.5", "2021-11-01"], data.Values.Select(value => value.Value.ToString()));
        Assert.Equal(("甲店", "POINT (121.5 31.2)"), (data.Name, data.Geometry.ToString()));
        Assert.Equal((SmallPackage.LocatedIn, "building:not-there-yet"), (data.Relations[0].Relation, data.Relations[0].Target.ToString()));
    }

    [Fact]
    public void Read_EveryTypeOfField_ChecksAndKeepsIt()
    {
        var e = Read(Event("complaint-received", "shop:s-1", """
            {"channel":"hotline","summary":"堵\u0021","weight":0.5,"count":3,"anonymous":true,"seen":"2021-11-01T08:00:00+08:00","day":"2021-11-01","place":{"coordinates":[121.5,31.2],"type":"Point"}}
            """)).Event!;

        Assert.Equal(
            "hotline|堵!|0.5|3|TRUE|2021-11-01T00:00:00Z|2021-11-01|POINT (121.5 31.2)",
            string.Join("|", Assert.IsType<FieldData>(e.Data).Values));
    }

    [Fact]
    public void Read_WithoutTime_TakesTheTimeOfReceipt() =>
        Assert.Equal(Now, Read("""{"specversion":"1.0","id":"a","source":"//s","type":"element-retired","subject":"shop:s","traceparent":"00-1","expectedrevision":7,"other":1}""").Event!.Time);

    [Fact]
    public void Read_EvidenceWithAReading_ScalesNothingWithoutRange() =>
        Assert.Equal(new EvidenceData(0, 0.6, 1), Read(Event("evidence-observed", "shop:s-1", """{"evidence":"gas_alarm","reading":3}""")).Event!.Data);

    [Fact]
    public void ReadBatch_WithBadOnesBetween_GivesEachItsResult()
    {
        var good = Event("reading-received", "sensor:gas-1", """{"reading":"gas","value":12.5}""");
        var bad = Event("reading-received", "sensor:gas-1", """{"reading":"gaz","value":{"a":[1,2]}}""");

        var result = ReadBatch(Encoding.UTF8.GetBytes($"[{good},{bad},7,[[]],{good}]"));

        Assert.Null(result.Refusal);
        Assert.Equal(
            [RefusalReason.None, RefusalReason.UnknownReading, RefusalReason.NotACloudEvent, RefusalReason.NotACloudEvent, RefusalReason.None],
            result.Results.Select(one => one.Refusal?.Reason ?? RefusalReason.None));
    }

    [Theory]
    [InlineData("", "This is not JSON: line 1, byte 1; expected a CloudEvent in JSON.")]
    [InlineData("{}", "The batch is an object; expected an array of events.")]
    [InlineData("[{}", "This is not JSON: line 1, byte 4; expected a CloudEvent in JSON.")]
    [InlineData("[] 1", "This is not JSON: line 1, byte 4; expected a CloudEvent in JSON.")]
    public void ReadBatch_OfWhatIsNoBatch_RefusesTheWhole(string json, string message) =>
        Assert.Equal(message, ReadBatch(Encoding.UTF8.GetBytes(json)).Refusal?.Message);

    [Fact]
    public void ReadBatch_OfNothing_IsNoMistake() => Assert.Empty(ReadBatch("[]"u8.ToArray()).Results);

    [Fact]
    public void ReadBatch_WithTooManyEvents_RefusesTheWhole() =>
        Assert.Equal("The batch has more than 2 events; expected less.", new CloudEventReader(Package, new CloudEventOptions { BatchLength = 2 }).ReadBatch("[1,2,3]"u8, Now).Refusal?.Message);

    [Fact]
    public void Read_OfWhatTheWriterWrote_GivesTheSameEvent() =>
        AnyEvent.FromOutside.Sample(
            e =>
            {
                var buffer = new ArrayBufferWriter<byte>();
                new CloudEventWriter(Package).Write(e, buffer);
                var read = new CloudEventReader(Package).Read(buffer.WrittenSpan, Now);
                Assert.True(read.Event is not null, $"{Encoding.UTF8.GetString(buffer.WrittenSpan)} {read.Refusal}");
                Assert.Equal(Codec.Bytes(e, Package), Codec.Bytes(read.Event, Package));
            },
            iter: 2_000);

    [Fact]
    public void Read_OfMutatedJson_GivesAnEventOrARefusal() =>
        Gen.Select(AnyEvent.FromOutside, Gen.Int[0, 10_000].Array[0, 4], Gen.Byte.Array[4], Gen.Int[0, 10_000]).Sample(
            (e, places, values, end) =>
            {
                var buffer = new ArrayBufferWriter<byte>();
                new CloudEventWriter(Package).Write(e, buffer);
                var json = buffer.WrittenSpan.ToArray();
                for (var change = 0; change < places.Length; change++)
                {
                    json[places[change] % json.Length] = values[change];
                }

                json = end % 3 == 0 ? json[..(end % json.Length)] : json;
                var read = new CloudEventReader(Package).Read(json, Now);
                var batch = new CloudEventReader(Package).ReadBatch([(byte)'[', .. json, (byte)']'], Now);
                return (read.Event is null) != (read.Refusal is null) && (batch.Refusal is not null || batch.Results.All(one => (one.Event is null) != (one.Refusal is null)));
            },
            iter: 4_000);

    [Fact]
    public void Read_OfRandomBytes_Refuses() =>
        Gen.Byte.Array[0, 100].Sample(bytes => new CloudEventReader(Package).Read(bytes, Now).Refusal is { Message.Length: > 0 }, iter: 10_000);

    internal static string Event(string type, string subject, string data) =>
        $$"""{"specversion":"1.0","id":"e1","source":"//gateway/1","type":"{{type}}","subject":"{{subject}}","time":"2021-11-01T08:00:00.25+08:00","datacontenttype":"application/json","data":{{data}}}""";

    internal static EventResult Read(string json) => new CloudEventReader(Package).Read(Encoding.UTF8.GetBytes(json), Now);

    private static BatchResult ReadBatch(byte[] json) => new CloudEventReader(Package).ReadBatch(json, Now);
}
