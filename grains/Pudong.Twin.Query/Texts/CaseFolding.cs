using System.Text;

namespace Pudong.Twin.Query.Texts;

/// <summary>Full Unicode case folding, the meaning of <c>CASEI</c>: <c>Straße</c> and <c>STRASSE</c> fold to the same text.</summary>
/// <remarks>Unicode 17.0, section 3.13, toCasefold(X) with the mappings C and F; not the Turkic ones. .NET only has simple mappings.</remarks>
internal static class CaseFolding
{
    private static readonly int[] Firsts = Array.ConvertAll(CaseFoldingTable.Common, range => range.First);
    private static readonly int[] Letters = Array.ConvertAll(CaseFoldingTable.Full, letter => letter.Letter);

    /// <summary>Folds a text.</summary>
    /// <param name="text">Any text; a lone surrogate stays as it is.</param>
    /// <returns>The folded text; the same object when nothing changes.</returns>
    public static string Fold(string text)
    {
        var plain = 0;
        while (plain < text.Length && text[plain] is < 'A' or (> 'Z' and < '\u0080'))
        {
            plain++;
        }

        return plain == text.Length ? text : FoldFrom(text, plain);
    }

    private static string FoldFrom(string text, int start)
    {
        StringBuilder? folded = null;
        for (var index = start; index < text.Length;)
        {
            var isWhole = Rune.TryGetRuneAt(text, index, out var rune);
            var length = isWhole ? rune.Utf16SequenceLength : 1;
            var mapping = isWhole ? Mapping(rune.Value) : null;
            if (mapping is not null)
            {
                folded ??= new StringBuilder(text, 0, index, text.Length + 8);
            }

            folded?.Append(mapping is null ? text.AsSpan(index, length) : mapping);
            index += length;
        }

        return folded?.ToString() ?? text;
    }

    // What a letter folds to; null for itself.
    private static string? Mapping(int letter)
    {
        var full = Array.BinarySearch(Letters, letter);
        if (full >= 0)
        {
            return CaseFoldingTable.Full[full].Folded;
        }

        var place = Array.BinarySearch(Firsts, letter);
        place = place >= 0 ? place : ~place - 1;
        if (place < 0)
        {
            return null;
        }

        var (first, last, step, offset) = CaseFoldingTable.Common[place];
        return letter <= last && (letter - first) % step == 0 ? new Rune(letter + offset).ToString() : null;
    }
}
