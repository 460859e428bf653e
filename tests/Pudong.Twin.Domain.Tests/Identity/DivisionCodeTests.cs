using Pudong.Twin.Domain.Identity;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Identity;

public sealed class DivisionCodeTests
{
    [Theory]
    [InlineData("310115", DivisionKind.District, null)]
    [InlineData("310115004", DivisionKind.Street, "310115")]
    [InlineData("310115104", DivisionKind.Town, "310115")]
    [InlineData("310115403", DivisionKind.Farm, "310115")]
    [InlineData("310115501", DivisionKind.Zone, "310115")]
    [InlineData("310115004001", DivisionKind.ResidentsCommittee, "310115004")]
    [InlineData("310115104200", DivisionKind.VillagersCommittee, "310115104")]
    [InlineData("310115104498", DivisionKind.ResidentsCommitteeLike, "310115104")]
    [InlineData("310115104598", DivisionKind.VillagersCommitteeLike, "310115104")]
    public void Parse_ACode_KnowsKindAndParent(string text, DivisionKind kind, string? parent)
    {
        var code = DivisionCode.Parse(text);

        Assert.Equal((text, kind, parent), (code.ToString(), code.Kind, code.Parent?.Text));
        Assert.True(code.Parent is null || code.Parent.Contains(code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("31011")]
    [InlineData("3101150")]
    [InlineData("310115000")]
    [InlineData("310115200")]
    [InlineData("310115600")]
    [InlineData("310115004000")]
    [InlineData("310115004600")]
    [InlineData("310115200001")]
    [InlineData("31011500400A")]
    [InlineData("３１０１１５")]
    public void TryParse_WhatIsNoCode_Refuses(string text)
    {
        Assert.False(DivisionCode.TryParse(text, out _));
        Assert.StartsWith($"'{text}' is no division code;", Assert.Throws<FormatException>(() => DivisionCode.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_EveryCommitteeOfPudong_AgreesWithItsKind()
    {
        var rows = SharedData.Rows("pudong_level5_2020.csv");

        Assert.Equal(1_372, rows.Length);
        Assert.All(rows, row =>
        {
            var code = DivisionCode.Parse(row[0]);
            Assert.Equal((row[2], row[3]), (NameOf(code.Kind), code.Parent!.Text));
        });
    }

    private static string NameOf(DivisionKind kind) => kind switch
    {
        DivisionKind.ResidentsCommittee => "residents_committee",
        DivisionKind.ResidentsCommitteeLike => "residents_committee_like",
        DivisionKind.VillagersCommittee => "villagers_committee",
        DivisionKind.VillagersCommitteeLike => "villagers_committee_like",
        _ => kind.ToString(),
    };
}
