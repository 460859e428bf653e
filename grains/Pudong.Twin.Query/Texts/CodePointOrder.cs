namespace Pudong.Twin.Query.Texts;

/// <summary>The order of text in CQL2: by code point, without culture, as the bytes of UTF-8 are ordered.</summary>
internal static class CodePointOrder
{
    private const char FirstSurrogate = '\uD800';
    private const char BehindSurrogates = '\uE000';

    /// <summary>The order as a comparer; null comes first.</summary>
    public static IComparer<string> Comparer { get; } = Comparer<string>.Create(Compare);

    /// <summary>Compares two texts.</summary>
    /// <param name="left">A text.</param>
    /// <param name="right">Another text.</param>
    /// <returns>Less than 0, 0 or more than 0.</returns>
    public static int Compare(string? left, string? right)
    {
        if (left is null || right is null)
        {
            return (left is not null).CompareTo(right is not null);
        }

        var same = left.AsSpan().CommonPrefixLength(right);
        return same == left.Length || same == right.Length
            ? left.Length.CompareTo(right.Length)
            : Weight(left[same]).CompareTo(Weight(right[same]));
    }

    // Surrogates stand for code points behind all others, but their units stand before U+E000 to U+FFFF.
    private static int Weight(char unit) => unit switch
    {
        < FirstSurrogate => unit,
        < BehindSurrogates => unit + 0x2000,
        _ => unit - 0x800,
    };
}
