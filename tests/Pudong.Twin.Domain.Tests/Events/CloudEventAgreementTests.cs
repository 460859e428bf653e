using System.Net.Mime;
using System.Text;
using CloudNative.CloudEvents.SystemTextJson;
using Pudong.Twin.Domain.Events;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Events;

/// <summary>The hot reader agrees with the official SDK on what a structured CloudEvent is; where it is stricter, the case says so.</summary>
public sealed class CloudEventAgreementTests
{
    private static readonly ContentType Structured = new("application/cloudevents+json");

    [Theory]
    [InlineData("""{"specversion":"1.0","id":"e1","source":"//g","type":"element-retired","subject":"shop:s"}""")]
    [InlineData("""{"specversion":"1.0","id":"e1","source":"/rel/ative","type":"element-retired","subject":"shop:s","time":"2021-11-01T08:00:00Z"}""")]
    [InlineData("""{"id":"é","source":"urn:x:y","type":"element-retired","subject":"shop:s","time":"2021-11-01T08:00:00.123456+08:00","specversion":"1.0"}""")]
    [InlineData("""{"specversion":"1.0","id":"e\u0031","source":"//g","type":"element-retired","subject":"shop:s","time":null,"comment":"x","count":1,"yes":true}""")]
    [InlineData("""{"specversion":"1.0","id":"e1","source":"//g","type":"element-retired","subject":"shop:s","datacontenttype":"application/json","dataschema":"https://a/b","data":{}}""")]
    public void Read_AValidEvent_AgreesWithTheSdk(string json)
    {
        var theirs = new JsonEventFormatter().DecodeStructuredModeMessage(Encoding.UTF8.GetBytes(json), Structured, null);
        var ours = CloudEventReaderTests.Read(json).Event;

        Assert.NotNull(ours);
        Assert.Equal((theirs.Id, theirs.Source!.OriginalString, theirs.Type, theirs.Subject), (ours.Id, ours.Source, ours.Type, ours.Subject.ToString()));
        Assert.True(theirs.Time is null || theirs.Time.Value.ToUnixTimeMilliseconds() == ours.Time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"specversion":"1.0","source":"//g","type":"element-retired","subject":"shop:s"}""")]
    [InlineData("""{"specversion":"1.0","id":"e1","type":"element-retired","subject":"shop:s"}""")]
    [InlineData("""{"specversion":"1.0","id":"e1","source":"//g","subject":"shop:s"}""")]
    [InlineData("""{"id":"e1","source":"//g","type":"element-retired","subject":"shop:s"}""")]
    [InlineData("""{"specversion":"2.0","id":"e1","source":"//g","type":"element-retired","subject":"shop:s"}""")]
    [InlineData("""{"specversion":1.0,"id":"e1","source":"//g","type":"element-retired","subject":"shop:s"}""")]
    [InlineData("""{"specversion":"1.0","id":"","source":"//g","type":"element-retired","subject":"shop:s"}""")]
    [InlineData("""{"specversion":"1.0","id":1,"source":"//g","type":"element-retired","subject":"shop:s"}""")]
    [InlineData("""{"specversion":"1.0","id":"e1","source":"//g","type":"element-retired","subject":"shop:s","time":"soon"}""")]
    [InlineData("""{"specversion":"1.0","id":"e1","source":"//g","type":"element-retired","subject":"shop:s","Extension":"x"}""")]
    [InlineData("""{"specversion":"1.0","id":"e1","source":"//g","type":"element-retired","subject":"shop:s","extension":[1]}""")]
    [InlineData("""{"specversion":"1.0","id":"e1","source":"//g","type":"element-retired","subject":"shop:s","data":{},"data_base64":"AA=="}""")]
    public void Read_AnInvalidEvent_AgreesWithTheSdk(string json)
    {
        Assert.ThrowsAny<Exception>(() => new JsonEventFormatter().DecodeStructuredModeMessage(Encoding.UTF8.GetBytes(json), Structured, null));
        Assert.NotNull(CloudEventReaderTests.Read(json).Refusal);
    }

    [Theory]
    [InlineData("""{"specversion":"1.0","id":"e1","id":"e2","source":"//g","type":"element-retired","subject":"shop:s"}""", RefusalReason.RepeatedMember)]
    [InlineData("""{"specversion":"1.0","id":"e1","source":"a b","type":"element-retired","subject":"shop:s"}""", RefusalReason.NotACloudEvent)]
    [InlineData("""{"specversion":"1.0","id":"e1","source":"//g","type":"element-retired","subject":"shop:s","data_base64":"AA=="}""", RefusalReason.NotACloudEvent)]
    public void Read_WhatTheSdkLetsPass_IsRefused(string json, RefusalReason reason)
    {
        Assert.NotNull(new JsonEventFormatter().DecodeStructuredModeMessage(Encoding.UTF8.GetBytes(json), Structured, null));
        Assert.Equal(reason, CloudEventReaderTests.Read(json).Refusal?.Reason);
    }
}
