using System.Globalization;
using System.Text;
using Pudong.Twin.Query.Syntax;

namespace Pudong.Twin.Query.Texts;

/// <summary>Text without its accents, the meaning of <c>ACCENTI</c>: <c>Chișinău</c> becomes <c>Chisinau</c>.</summary>
/// <remarks>Canonical decomposition, without the non-spacing marks, composed again. <c>ø</c> has no decomposition and stays.</remarks>
internal static class Accents
{
    private const int VoicedSoundMark = 0x3099;
    private const int SemiVoicedSoundMark = 0x309A;

    /// <summary>Removes accents.</summary>
    /// <param name="text">Any text; one with a lone surrogate cannot be decomposed and stays as it is.</param>
    /// <returns>The text without accents; the same object for plain ASCII.</returns>
    public static string Remove(string text)
    {
        if (Ascii.IsValid(text) || !WellFormed.Is(text))
        {
            return text;
        }

        var decomposed = text.Normalize(NormalizationForm.FormD);
        var kept = new StringBuilder(decomposed.Length);
        foreach (var rune in decomposed.EnumerateRunes())
        {
            if (!IsAccent(rune))
            {
                kept.Append(rune);
            }
        }

        return kept.ToString().Normalize(NormalizationForm.FormC);
    }

    // The sound marks of kana make other letters, as が is no accented か.
    private static bool IsAccent(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark && rune.Value is not (VoicedSoundMark or SemiVoicedSoundMark);
}
