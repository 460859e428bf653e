using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Pudong.Twin.Query.Texts;
using Xunit;

namespace Pudong.Twin.Query.Tests.Texts;

public sealed class TextTests
{
    private static readonly Gen<string> Text = Gen.OneOf("a", "b", "%", "_", "\\", "浦", "\U0001F600", "\uE000", "\uFFFD", "é").Array[0, 8].Select(string.Concat);

    [Theory]
    [InlineData("Straße", "strasse")]
    [InlineData("STRASSE", "strasse")]
    [InlineData("KØBENHAVN", "københavn")]
    [InlineData("ΣΊΣΥΦΟΣ", "σίσυφοσ")]
    [InlineData("ς", "σ")]
    [InlineData("ﬃ", "ffi")]
    [InlineData("İ", "i\u0307")]
    [InlineData("I", "i")]
    [InlineData("ı", "ı")]
    [InlineData("\u1E9E", "ss")]
    [InlineData("\u13A0\uAB70", "\u13A0\u13A0")]
    [InlineData("\u0390\u1F88", "\u03B9\u0308\u0301\u1F00\u03B9")]
    [InlineData("K\u212A", "kk")]
    [InlineData("\U00010400", "\U00010428")]
    [InlineData("\U0001E921", "\U0001E943")]
    [InlineData("浦东 x", "浦东 x")]
    public void Fold_Letters_FollowsTheUnicodeTable(string text, string folded) => Assert.Equal(folded, CaseFolding.Fold(text));

    [Fact]
    public void Change_ATextWithALoneSurrogate_LeavesTheSurrogate()
    {
        Assert.Equal("a\uD800b", CaseFolding.Fold("A\uD800B"));
        Assert.Equal("é\uD800", Accents.Remove("é\uD800"));
    }

    [Fact]
    public void Fold_WhatIsFolded_IsTheSameObject()
    {
        var folded = CaseFolding.Fold("Straße in Ä");

        Assert.Same(folded, CaseFolding.Fold(folded));
    }

    [Fact]
    public void Fold_EveryLetter_GivesWhatItsSimpleMappingsGive()
    {
        // The runtime knows the simple mappings of its Unicode version: letters that are a pair there fold alike here.
        var wrong = AllRunes().Where(rune => Rune.ToLowerInvariant(rune) is var lower && lower != rune && Rune.ToUpperInvariant(lower) == rune
            && CaseFolding.Fold(rune.ToString()) != CaseFolding.Fold(lower.ToString())).ToList();

        Assert.Empty(wrong);
    }

    [Fact]
    public void Fold_EveryLetter_IsFoldedForGood() =>
        Assert.DoesNotContain(AllRunes().Select(rune => CaseFolding.Fold(rune.ToString())), folded => CaseFolding.Fold(folded) != folded);

    [Fact]
    public void Table_OfCaseFolding_IsSortedAndHasAllMappings()
    {
        Assert.Equal(1_481, CaseFoldingTable.Common.Sum(range => ((range.Last - range.First) / range.Step) + 1));
        Assert.Equal(104, CaseFoldingTable.Full.Length);
        Assert.All(CaseFoldingTable.Common.Zip(CaseFoldingTable.Common.Skip(1)), both => Assert.True(both.First.Last < both.Second.First));
        Assert.All(CaseFoldingTable.Full.Zip(CaseFoldingTable.Full.Skip(1)), both => Assert.True(both.First.Letter < both.Second.Letter));
    }

    [Theory]
    [InlineData("Chișinău", "Chisinau")]
    [InlineData("København", "København")]
    [InlineData("e\u0301", "e")]
    [InlineData("がぎ", "がぎ")]
    [InlineData("か\u3099", "が")]
    [InlineData("Ångström", "Angstrom")]
    [InlineData("한국", "한국")]
    [InlineData("plain", "plain")]
    public void Remove_Accents_LeavesTheLetters(string text, string plain) => Assert.Equal(plain, Accents.Remove(text));

    [Theory]
    [InlineData("", "", true)]
    [InlineData("%", "", true)]
    [InlineData("_", "", false)]
    [InlineData("B_r%", "Berlin", true)]
    [InlineData("B_r%", "Bern", true)]
    [InlineData("B_r%", "ABern", false)]
    [InlineData("a\\%b", "a%b", true)]
    [InlineData("a\\%b", "axb", false)]
    [InlineData("a\\\\b", "a\\b", true)]
    [InlineData("a\\", "a\\", true)]
    [InlineData("_", "\U0001F600", true)]
    [InlineData("%_", "浦\U0001F600", true)]
    [InlineData("__", "\U0001F600", false)]
    [InlineData("%aab%", "xaaab", true)]
    [InlineData("%ab", "abab", true)]
    [InlineData("ab%ab", "ab", false)]
    [InlineData("%%a%%", "a", true)]
    public void Matches_APattern_IsAnchored(string pattern, string text, bool matches) => Assert.Equal(matches, new LikePattern(pattern).Matches(text));

    [Fact]
    public void Matches_AnyPattern_AgreesWithARegularExpression() => Gen.Select(Text, Text).Sample(
        (pattern, text) => new LikePattern(pattern).Matches(text) == Regex.IsMatch(Encode(text), $"^(?:{Expression(pattern)})$", RegexOptions.Singleline), iter: 20_000);

    [Fact]
    public void Compare_AnyTexts_IsTheOrderOfTheirBytesInUtf8() => Gen.Select(Text, Text).Sample((left, right) =>
        Math.Sign(CodePointOrder.Compare(left, right)) == Math.Sign(Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right))), iter: 10_000);

    [Theory]
    [InlineData("risc", "risk")]
    [InlineData("KIND", "kind")]
    [InlineData("knid", "kind")]
    [InlineData("town", null)]
    [InlineData("x", null)]
    public void Of_AMisspeltName_IsTheNearest(string name, string? nearest) => Assert.Equal(nearest, NearestName.Of(name, ["risk", "kind", "changed"]));

    // One UTF-16 unit for every code point, so that a regular expression counts as LIKE does.
    private static string Encode(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.IsBmp ? (char)rune.Value : '\u2603'));

    private static string Expression(string pattern)
    {
        var expression = new StringBuilder();
        var units = Encode(pattern);
        for (var i = 0; i < units.Length; i++)
        {
            expression.Append(units[i] switch
            {
                '%' => ".*",
                '_' => ".",
                '\\' when i + 1 < units.Length => Regex.Escape(units[++i].ToString()),
                var unit => Regex.Escape(unit.ToString()),
            });
        }

        return expression.ToString();
    }

    private static IEnumerable<Rune> AllRunes() => Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(value => new Rune(value));
}
