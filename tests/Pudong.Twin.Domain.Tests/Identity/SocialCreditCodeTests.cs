using System.Globalization;
using CsCheck;
using Pudong.Twin.Domain.Identity;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Identity;

public sealed class SocialCreditCodeTests
{
    [Theory]
    [InlineData("91310115MA1TWN0023", SocialCreditCodeMistake.None)]
    [InlineData("91310115MA1TWN010X", SocialCreditCodeMistake.None)]
    [InlineData("92310115MA1TWN029P", SocialCreditCodeMistake.None)]
    [InlineData("93310115MA1TWN037F", SocialCreditCodeMistake.None)]
    [InlineData("51310115MJ1TWN048E", SocialCreditCodeMistake.None)]
    [InlineData("12310115000000000X", SocialCreditCodeMistake.None)]
    [InlineData(" 91310115ma1twn0023 ", SocialCreditCodeMistake.None)]
    [InlineData("91310115MA1TWN0020", SocialCreditCodeMistake.Check)]
    [InlineData("91310115AM1TWN0023", SocialCreditCodeMistake.Check)]
    [InlineData("91310115MA1TWI0023", SocialCreditCodeMistake.Character)]
    [InlineData("91310115MA1TWN002", SocialCreditCodeMistake.Length)]
    [InlineData("9131A115MA1TWN0023", SocialCreditCodeMistake.Division)]
    public void MistakeIn_ACode_SaysWhatIsWrong(string text, SocialCreditCodeMistake mistake)
    {
        Assert.Equal(mistake, SocialCreditCode.MistakeIn(text));
        Assert.Equal(mistake == SocialCreditCodeMistake.None, SocialCreditCode.TryParse(text, out _));
    }

    [Fact]
    public void MistakeIn_ThePublishedVectors_AgreesWithThem()
    {
        foreach (var row in SharedData.Rows("uscc_test_vectors.csv"))
        {
            var mistake = SocialCreditCode.MistakeIn(row[0]);
            // Two published codes are given for the check character only: their organisation code may break its rule.
            Assert.Equal(row[1] != "invalid", mistake is SocialCreditCodeMistake.None or SocialCreditCodeMistake.OrganisationCheck);
            Assert.True(row[2].Length == 0 || SocialCreditCode.WeightedSum(row[0]) == int.Parse(row[2], CultureInfo.InvariantCulture), row[0]);
        }
    }

    [Fact]
    public void Of_AnyParts_MakesACodeThatChecks() =>
        Gen.String[Gen.Char["0123456789ABCDEFGHJKLMNPQRTUWXY"], 8, 8].Sample(organisation =>
        {
            var code = SocialCreditCode.Of("91", "310115", organisation);
            return SocialCreditCode.TryParse(code.Text, out var read) && read == code && read.Category == "91" && read.Division == "310115";
        });

    [Fact]
    public void Of_AWrongCharacter_ThrowsWithWhatIsRight() =>
        Assert.Contains("expected 2, 6 and 8 characters", Assert.Throws<FormatException>(() => SocialCreditCode.Of("91", "310115", "MA1TWI00")).Message, StringComparison.Ordinal);
}
