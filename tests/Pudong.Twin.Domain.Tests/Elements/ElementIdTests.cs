using Pudong.Twin.Domain.Elements;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Elements;

public sealed class ElementIdTests
{
    [Theory]
    [InlineData("sensor:smoke-000042", "sensor", "smoke-000042")]
    [InlineData("village:310115104001", "village", "310115104001")]
    [InlineData("e:~._-Aa0", "e", "~._-Aa0")]
    public void Parse_AnId_KnowsItsParts(string text, string kind, string key)
    {
        var id = ElementId.Parse(text);

        Assert.Equal((kind, key, text), (id.Kind, id.Key.ToString(), id.ToString()));
        Assert.Equal(id, ElementId.Of(kind, key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sensor")]
    [InlineData("sensor:")]
    [InlineData(":key")]
    [InlineData("Sensor:key")]
    [InlineData("1sensor:key")]
    [InlineData("sensor:a b")]
    [InlineData("sensor:a:b")]
    [InlineData("sensor:传感器")]
    [InlineData("sensor:a/b")]
    public void TryParse_WhatIsNoId_Refuses(string text)
    {
        Assert.False(ElementId.TryParse(text, out _));
        Assert.StartsWith($"'{text}' is not an element id;", Assert.Throws<FormatException>(() => ElementId.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_ATooLongKey_Refuses() =>
        Assert.Equal((true, false), (ElementId.TryParse("s:" + new string('a', 128), out _), ElementId.TryParse("s:" + new string('a', 129), out _)));
}
