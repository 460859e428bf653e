using Pudong.Twin.Domain.Events;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Events;

/// <summary>What the edge refuses: the reason, the place and the sentence.</summary>
public sealed class RefusedEventsTests
{
    private const string Start = """{"specversion":"1.0","id":"e1","source":"//g","type":"element-retired","subject":"shop:s" """;

    [Theory]
    [InlineData("reading-received", "sensor:s", """{"reading":"gaz","value":1}""", RefusalReason.UnknownReading, "/data/reading", "'gaz' is no reading of kind 'sensor'; did you mean 'gas'?")]
    [InlineData("reading-received", "sensor:s", """{"reading":"gas","value":"1"}""", RefusalReason.WrongType, "/data/value", "The 'value' is a text; expected a number.")]
    [InlineData("reading-received", "sensor:s", """{"reading":"gas","value":1e999}""", RefusalReason.NotFinite, "/data/value", "The 'value' is 1e999, which is too large for a number; expected one below 1.8e308.")]
    [InlineData("reading-received", "sensor:s", """{"reading":"gas","value":"NaN"}""", RefusalReason.WrongType, "/data/value", "The 'value' is a text; expected a number.")]
    [InlineData("reading-received", "sensor:s", """{"reading":"gas","value":101}""", RefusalReason.OutOfRange, "/data/value", "The reading 'gas' is 101; expected 0 to 100.")]
    [InlineData("reading-received", "sensor:s", """{"reading":"gas","value":1,"unit":"ppm"}""", RefusalReason.UnknownUnit, "/data/unit", "The reading 'gas' comes in 'ppm'; expected '%'.")]
    [InlineData("reading-received", "sensor:s", """{"reading":"gas"}""", RefusalReason.MissingField, "/data", "The member 'value' is missing; expected it in this object.")]
    [InlineData("reading-received", "sensor:s", """{"reading":"gas","value":1,"value":2}""", RefusalReason.RepeatedMember, "/data/value", "The member 'value' stands twice; expected it once.")]
    [InlineData("reading-received", "sensor:s", """{"reading":"gas","valeu":1}""", RefusalReason.UnknownField, "/data/valeu", "'valeu' is no member; did you mean 'value'?")]
    [InlineData("reading-received", "sensor:s", "7", RefusalReason.WrongType, "/data", "The data is 7; expected an object.")]
    [InlineData("reading-received", "shop:s", """{"reading":"gas","value":1}""", RefusalReason.UnknownReading, "/data/reading", "'gas' is no reading of kind 'shop'; expected none.")]
    [InlineData("reading-recieved", "sensor:s", "{}", RefusalReason.UnknownEventType, "/type", "'reading-recieved' is no event type in package test.small/1; did you mean 'reading-received'?")]
    [InlineData("reading-received", "lamp:s", "{}", RefusalReason.UnknownKind, "/subject", "Package test.small/1 has no kind 'lamp'; expected one of shop, building, sensor.")]
    [InlineData("reading-received", "sensor:a b", "{}", RefusalReason.InvalidSubject, "/subject", "'sensor:a b' is not an element id; expected a kind and a key such as 'sensor:smoke-000042', the kind in lower case (32 characters at most), the key of letters, digits and - . _ ~ (128 characters at most).")]
    [InlineData("complaint-received", "sensor:s", "{}", RefusalReason.KindNotAllowed, "/subject", "An event of type 'complaint-received' is not about kind 'sensor'; expected building, shop.")]
    [InlineData("influence-changed", "shop:s", "{}", RefusalReason.InternalEventType, "/type", "Events of type 'influence-changed' are sent by the twin itself only; expected another type.")]
    [InlineData("complaint-received", "shop:s", "{}", RefusalReason.MissingField, "/data", "An event of type 'complaint-received' lacks the field 'channel'; expected it in 'data'.")]
    [InlineData("complaint-received", "shop:s", """{"channel":"fax"}""", RefusalReason.UnknownCode, "/data/channel", "The 'channel' is 'fax'; expected one of hotline, app.")]
    [InlineData("complaint-received", "shop:s", """{"channel":"app","wieght":1}""", RefusalReason.UnknownField, "/data/wieght", "'wieght' is no field of event type 'complaint-received'; did you mean 'weight'?")]
    [InlineData("complaint-received", "shop:s", """{"channel":"app","weight":1.5}""", RefusalReason.OutOfRange, "/data/weight", "The 'weight' is 1.5; expected 0 to 1.")]
    [InlineData("complaint-received", "shop:s", """{"channel":"app","count":1.5}""", RefusalReason.WrongType, "/data/count", "The 'count' is 1.5; expected a whole number of 64 bits.")]
    [InlineData("complaint-received", "shop:s", """{"channel":"app","count":-1}""", RefusalReason.OutOfRange, "/data/count", "The 'count' is -1; expected 0 or more.")]
    [InlineData("complaint-received", "shop:s", """{"channel":"app","anonymous":1}""", RefusalReason.WrongType, "/data/anonymous", "The 'anonymous' is 1; expected true or false.")]
    [InlineData("complaint-received", "shop:s", """{"channel":"app","seen":"yesterday"}""", RefusalReason.WrongType, "/data/seen", "The 'seen' is a text; expected a time such as 2021-11-01T08:00:00Z.")]
    [InlineData("complaint-received", "shop:s", """{"channel":"app","day":"2021-02-29"}""", RefusalReason.WrongType, "/data/day", "The 'day' is a text; expected a day such as 2021-11-01.")]
    [InlineData("complaint-received", "shop:s", """{"channel":"app","place":{"type":"Point","coordinates":[200,31]}}""", RefusalReason.InvalidGeometry, "/data/place", "The geometry has 200 among its coordinates; expected positions of a longitude within ±180 and a latitude within ±90.")]
    [InlineData("complaint-received", "shop:s", """{"channel":"app","place":{"type":"LineString","coordinates":[[1,1],[2,2]]}}""", RefusalReason.WrongType, "/data/place", "The 'place' is nothing; expected a GeoJSON point.")]
    [InlineData("element-registered", "shop:s", """{"attributes":{"arae":1}}""", RefusalReason.UnknownField, "/data/attributes/arae", "'arae' is no attribute of kind 'shop'; did you mean 'area'?")]
    [InlineData("element-registered", "shop:s", """{"attributes":{"area":1,"area":2}}""", RefusalReason.RepeatedMember, "/data/attributes/area", "The member 'area' stands twice; expected it once.")]
    [InlineData("element-registered", "shop:s", """{"relations":[{"relation":"adjoins","target":"shop:s"}]}""", RefusalReason.RelationToItself, "/data/relations/0/target", "The relation 'adjoins' leads from 'shop:s' to itself; expected another element.")]
    [InlineData("element-registered", "shop:s", """{"relations":[{"relation":"adjoin","target":"shop:t"}]}""", RefusalReason.UnknownRelation, "/data/relations/0/relation", "'adjoin' is no relation; did you mean 'adjoins'?")]
    [InlineData("element-registered", "shop:s", """{"relations":[{"relation":"locatedIn","target":"sensor:t"}]}""", RefusalReason.RelationNotAllowed, "/data/relations/0/target", "The relation 'locatedIn' does not lead from kind 'shop' to kind 'sensor'; expected from sensor, shop to building.")]
    [InlineData("relation-added", "shop:s", """{"relation":"adjoins","target":"lamp:t"}""", RefusalReason.UnknownKind, "/data/target", "Package test.small/1 has no kind 'lamp'; expected a target of a known kind.")]
    [InlineData("relation-added", "shop:s", "null", RefusalReason.MissingField, "", "An event of type 'relation-added' lacks 'data'; expected an object.")]
    [InlineData("element-registered", "shop:s", """{"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}}""", RefusalReason.InvalidGeometry, "/data/geometry", "*closed rings of four positions or more.")]
    [InlineData("evidence-observed", "shop:s", """{"evidence":"gas_alrm"}""", RefusalReason.UnknownEvidence, "/data/evidence", "'gas_alrm' is no evidence type; did you mean 'gas_alarm'?")]
    [InlineData("evidence-observed", "shop:s", """{"evidence":"gas_alarm","confidence":1.1}""", RefusalReason.OutOfRange, "/data/confidence", "The 'confidence' is 1.1; expected 0 to 1.")]
    [InlineData("evidence-withdrawn", "shop:s", """{"evidence":"gas_alarm","id":"e"}""", RefusalReason.MissingField, "/data", "The member 'source' is missing; expected it in this object.")]
    [InlineData("case-opened", "shop:s", """{"case":"c","caseType":"grid"}""", RefusalReason.UnknownCaseType, "/data/caseType", "'grid' is no case type; expected one of grid-case.")]
    public void Read_ABadEvent_SaysWhyAndWhere(string type, string subject, string data, RefusalReason reason, string pointer, string message)
    {
        var refusal = CloudEventReaderTests.Read(CloudEventReaderTests.Event(type, subject, data)).Refusal!;

        Assert.Equal((reason, pointer), (refusal.Reason, refusal.Pointer));
        Assert.EndsWith(message.TrimStart('*'), refusal.Message, StringComparison.Ordinal);
        Assert.True(message.StartsWith('*') || message == refusal.Message, refusal.Message);
    }

    [Theory]
    [InlineData("", RefusalReason.NotACloudEvent, "", "This is not JSON: line 1, byte 1; expected a CloudEvent in JSON.")]
    [InlineData("[]", RefusalReason.NotACloudEvent, "", "The event is an array; expected an object.")]
    [InlineData("{}", RefusalReason.NotACloudEvent, "", "The event has no 'specversion'; expected it beside 'specversion', 'id', 'source' and 'type'.")]
    [InlineData(Start, RefusalReason.NotACloudEvent, "", "This is not JSON: line 1, byte 91; expected a CloudEvent in JSON.")]
    [InlineData(Start + "} {}", RefusalReason.NotACloudEvent, "", "This is not JSON: line 1, byte 93; expected a CloudEvent in JSON.")]
    [InlineData(Start + ""","id":"e2"}""", RefusalReason.RepeatedMember, "/id", "The member 'id' stands twice; expected it once.")]
    [InlineData(Start + ""","x":1,"x":2}""", RefusalReason.RepeatedMember, "/x", "The member 'x' stands twice; expected it once.")]
    [InlineData(Start + ""","myExtension":1}""", RefusalReason.NotACloudEvent, "/myExtension", "'myExtension' is no attribute of a CloudEvent; expected at most 32 of lower-case letters and digits, and what happened in 'data'.")]
    [InlineData(Start + ""","extension":{}}""", RefusalReason.NotACloudEvent, "/extension", "The 'extension' is an object; expected a text, a number or a truth value of at most 4096 bytes.")]
    [InlineData(Start + ""","data_base64":"AA=="}""", RefusalReason.NotACloudEvent, "/data_base64", "The event has binary data; expected JSON in 'data'.")]
    [InlineData(Start + ""","datacontenttype":"text/xml"}""", RefusalReason.NotACloudEvent, "/datacontenttype", "The 'datacontenttype' is not JSON; expected 'application/json' or none.")]
    [InlineData(Start + ""","time":"2021-11-01 08:00"}""", RefusalReason.InvalidTime, "/time", "The 'time' is no time; expected one after RFC 3339 such as 2021-11-01T08:00:00Z.")]
    [InlineData(Start + ""","time":"1975-11-01T08:00:00Z"}""", RefusalReason.InvalidTime, "/time", "The event happened more than 30 years ago; expected a later one.")]
    [InlineData(Start + ""","time":"2080-11-01T08:00:00Z"}""", RefusalReason.TimeAhead, "/time", "The event happens 1597673600 seconds from now; expected at most 300.")]
    [InlineData(Start + ""","expectedrevision":-1}""", RefusalReason.WrongType, "/expectedrevision", "The 'expectedrevision' is -1; expected a whole number of 0 or more.")]
    [InlineData("""{"specversion":"0.3"}""", RefusalReason.NotACloudEvent, "/specversion", "The 'specversion' is not known; expected '1.0'.")]
    [InlineData("""{"source":"a b"}""", RefusalReason.NotACloudEvent, "/source", "The 'source' is no URI reference; expected 1 to 1024 of the characters that URIs allow, so no spaces.")]
    [InlineData("""{"id":""}""", RefusalReason.TextTooLong, "/id", "The 'id' has 0 bytes; expected 1 to 256 characters.")]
    [InlineData("""{"id":7}""", RefusalReason.NotACloudEvent, "/id", "The 'id' is 7; expected a text.")]
    [InlineData("""{"specversion":"1.0","id":"e1","source":"//g","type":"element-retired"}""", RefusalReason.InvalidSubject, "", "The event has no 'subject'; expected the id of the element it is about.")]
    public void Read_WhatIsNoCloudEvent_SaysWhyAndWhere(string json, RefusalReason reason, string pointer, string message)
    {
        var refusal = CloudEventReaderTests.Read(json).Refusal!;

        Assert.Equal(new Refusal(reason, message, pointer), refusal);
    }

    [Fact]
    public void Read_ATextOfAMegabyte_IsRefusedWithoutMakingIt()
    {
        var text = new string('a', 200_000);

        Assert.Equal(
            new Refusal(RefusalReason.TextTooLong, "The 'summary' has 200000 bytes; expected at most 1000 characters.", "/data/summary"),
            CloudEventReaderTests.Read(CloudEventReaderTests.Event("complaint-received", "shop:s", $$"""{"channel":"app","summary":"{{text}}"}""")).Refusal);
        Assert.Equal(
            RefusalReason.TooLarge,
            CloudEventReaderTests.Read(CloudEventReaderTests.Event("complaint-received", "shop:s", $$"""{"channel":"app","summary":"{{text}}{{text}}"}""")).Refusal!.Reason);
    }

    [Theory]
    [InlineData(300, RefusalReason.None)]
    [InlineData(301, RefusalReason.TimeAhead)]
    public void Read_AnEventAheadOfNow_IsRefusedBeyondFiveMinutes(int seconds, RefusalReason reason)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(1_900_000_000_000).AddSeconds(seconds);

        var result = CloudEventReaderTests.Read(Start + $$""","time":"{{time:yyyy-MM-dd'T'HH:mm:ss'Z'}}"}""");

        Assert.Equal(reason, result.Refusal?.Reason ?? RefusalReason.None);
    }

    [Fact]
    public void Reasons_AreNumberedOnce() =>
        Assert.Equal(Enum.GetValues<RefusalReason>().Length, Enum.GetValues<RefusalReason>().Select(reason => (int)reason).Distinct().Count());
}
