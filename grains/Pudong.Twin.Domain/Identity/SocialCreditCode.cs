using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Pudong.Twin.Domain.Identity;

/// <summary>What is wrong with a unified social credit code.</summary>
public enum SocialCreditCodeMistake
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It has not 18 characters.</summary>
    Length,

    /// <summary>It holds a character outside of the 31 that are used: the letters I, O, S, V and Z never occur.</summary>
    Character,

    /// <summary>Characters 3 to 8 are no six digits of a division.</summary>
    Division,

    /// <summary>The check character of the whole code (18th) does not fit.</summary>
    Check,

    /// <summary>The check character of the organisation code (17th) does not fit the eight before it.</summary>
    OrganisationCheck,
}

/// <summary>A unified social credit code (统一社会信用代码, GB 32100-2015): the key of an enterprise.</summary>
/// <remarks>
/// DOMAIN.md, section 6. Authority 1, category 1, division 6, organisation code 9, check 1. A failed check is a flag on the data and no proof of fraud: some early real
/// codes break the rule, which is why <see cref="MistakeIn"/> tells the mistakes apart.
/// </remarks>
public sealed record SocialCreditCode
{
    /// <summary>The number of characters.</summary>
    public const int Length = 18;

    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    private static ReadOnlySpan<byte> Weights => [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    private static ReadOnlySpan<byte> OrganisationWeights => [3, 7, 9, 10, 5, 8, 4, 2];

    private SocialCreditCode(string text) => Text = text;

    /// <summary>The 18 characters in upper case.</summary>
    public string Text { get; }

    /// <summary>The category of the subject: <c>91</c> enterprise, <c>92</c> self-employed, <c>93</c> cooperative, and others.</summary>
    public string Category => Text[..2];

    /// <summary>The six digits of the division that registered it.</summary>
    public string Division => Text[2..8];

    /// <summary>The organisation code, check character included (GB 11714).</summary>
    public string Organisation => Text[8..17];

    /// <summary>Reads a code; spaces around it and lower case are mended.</summary>
    /// <param name="text">The code.</param>
    /// <param name="code">The code; null when the text is none.</param>
    /// <returns>Whether every check holds.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out SocialCreditCode? code)
    {
        code = text is not null && MistakeIn(text) == SocialCreditCodeMistake.None ? new SocialCreditCode(Normal(text)) : null;
        return code is not null;
    }

    /// <summary>What is wrong with a code; the first of the mistakes, in the order of the enumeration.</summary>
    /// <param name="text">The code; spaces around it and lower case do not matter.</param>
    public static SocialCreditCodeMistake MistakeIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var code = Normal(text);
        return code switch
        {
            { Length: not Length } => SocialCreditCodeMistake.Length,
            _ when code.AsSpan().ContainsAnyExcept(Characters) => SocialCreditCodeMistake.Character,
            _ when code.AsSpan(2, 6).ContainsAnyExceptInRange('0', '9') => SocialCreditCodeMistake.Division,
            _ when code[17] != Check(code) => SocialCreditCodeMistake.Check,
            _ when code[16] != OrganisationCheck(code.AsSpan(8, 8)) => SocialCreditCodeMistake.OrganisationCheck,
            _ => SocialCreditCodeMistake.None,
        };
    }

    /// <summary>Makes a code of its parts, with both check characters: for synthetic subjects.</summary>
    /// <param name="category">Authority and category, two characters such as <c>91</c>.</param>
    /// <param name="division">Six digits.</param>
    /// <param name="organisation">The first eight characters of the organisation code.</param>
    /// <exception cref="FormatException">A part has a wrong length or a character that is not allowed.</exception>
    public static SocialCreditCode Of(string category, string division, string organisation)
    {
        var start = $"{category}{division}{organisation}";
        if (start.Length != 16 || start.AsSpan().ContainsAnyExcept(Characters))
        {
            throw new FormatException($"'{category}', '{division}' and '{organisation}' make no social credit code; expected 2, 6 and 8 characters of {Alphabet}.");
        }

        var unchecked17 = start + OrganisationCheck(start.AsSpan(8, 8));
        return new SocialCreditCode(unchecked17 + Check(unchecked17));
    }

    /// <summary>The weighted sum of the first 17 characters, of which the check character is made.</summary>
    /// <param name="code">17 or 18 characters of a code in upper case.</param>
    public static int WeightedSum(ReadOnlySpan<char> code)
    {
        var sum = 0;
        for (var place = 0; place < Weights.Length; place++)
        {
            sum += Alphabet.IndexOf(code[place], StringComparison.Ordinal) * Weights[place];
        }

        return sum;
    }

    /// <summary>The 18 characters.</summary>
    public override string ToString() => Text;

    private static char Check(string code) => Alphabet[(31 - (WeightedSum(code) % 31)) % 31];

    private static char OrganisationCheck(ReadOnlySpan<char> organisation)
    {
        var sum = 0;
        for (var place = 0; place < OrganisationWeights.Length; place++)
        {
            var character = organisation[place];
            sum += (char.IsAsciiDigit(character) ? character - '0' : character - 'A' + 10) * OrganisationWeights[place];
        }

        return (11 - (sum % 11)) switch
        {
            10 => 'X',
            11 => '0',
            var digit => (char)('0' + digit),
        };
    }

    private static string Normal(string text) => text.Trim().ToUpperInvariant();
}
