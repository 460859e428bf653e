using System.Globalization;

namespace Pudong.Twin.Query.Syntax;

/// <summary>Refuses text that no encoding of Unicode could carry.</summary>
internal static class WellFormed
{
    /// <summary>Whether a text has no lone surrogate.</summary>
    /// <param name="text">The text.</param>
    public static bool Is(ReadOnlySpan<char> text) => IndexOfLoneSurrogate(text) < 0;

    /// <summary>Checks a source before it is read.</summary>
    /// <param name="text">The source.</param>
    /// <exception cref="Cql2Exception">There is a lone surrogate.</exception>
    public static void Check(string text)
    {
        var index = IndexOfLoneSurrogate(text);
        if (index >= 0)
        {
            var code = ((int)text[index]).ToString("X4", CultureInfo.InvariantCulture);
            throw Mistakes.ExpectedOther("well-formed Unicode", $"the lone surrogate U+{code}", new LineCounter(text).Span(index, 1));
        }
    }

    private static int IndexOfLoneSurrogate(ReadOnlySpan<char> text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index]))
            {
                continue;
            }

            if (index + 1 == text.Length || !char.IsSurrogatePair(text[index], text[index + 1]))
            {
                return index;
            }

            index++;
        }

        return -1;
    }
}
