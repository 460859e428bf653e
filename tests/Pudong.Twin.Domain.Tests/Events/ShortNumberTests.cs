using System.Globalization;
using System.Text;
using CsCheck;
using Pudong.Twin.Domain.Events.Json;
using Xunit;

namespace Pudong.Twin.Domain.Tests.Events;

/// <summary>The reader of short numbers gives the very double that the reader of all numbers gives, or leaves the number to it.</summary>
public sealed class ShortNumberTests
{
    [Fact]
    public void TryParse_OfShortNumbers_GivesTheNearestDouble() =>
        Gen.Select(Gen.Long[0, 999_999_999_999_999], Gen.Int[0, 15], Gen.Bool).Sample(
            (whole, fraction, negative) =>
            {
                var digits = whole.ToString(CultureInfo.InvariantCulture);
                var (before, after) = digits.Length > fraction ? (digits[..^fraction], digits[^fraction..]) : ("0", digits);
                var text = (negative ? "-" : "") + before + (fraction == 0 ? "" : "." + after);
                return !ShortNumber.TryParse(Encoding.ASCII.GetBytes(text), out var number)
                    ? text.Count(char.IsAsciiDigit) > 15
                    : Bits(number) == Bits(double.Parse(text, CultureInfo.InvariantCulture));
            },
            iter: 20_000);

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("21.5")]
    [InlineData("-0.000000000000001")]
    public void TryParse_OfTextsWithFewDigits_GivesTheNumber(string text)
    {
        // The last one has 16 digits with the zero before the point.
        var isShort = ShortNumber.TryParse(Encoding.ASCII.GetBytes(text), out var number);

        Assert.Equal(text.Count(char.IsAsciiDigit) <= 15, isShort);
        Assert.Equal(isShort ? Bits(double.Parse(text, CultureInfo.InvariantCulture)) : Bits(0), Bits(number));
    }

    [Theory]
    [InlineData("1e3")]
    [InlineData("1234567890123456")]
    [InlineData("0.1234567890123456")]
    public void TryParse_OfOthers_LeavesThemToAnotherReader(string text) => Assert.False(ShortNumber.TryParse(Encoding.ASCII.GetBytes(text), out _));

    private static long Bits(double number) => BitConverter.DoubleToInt64Bits(number);
}
