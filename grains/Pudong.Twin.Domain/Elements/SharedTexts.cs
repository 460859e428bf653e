using System.Collections.Concurrent;
using System.Text;

namespace Pudong.Twin.Domain.Elements;

/// <summary>Lets what is read again and again, such as codes, sources and names of types, be one text each instead of many equal ones.</summary>
/// <remarks>A cache and nothing more: whether two equal texts are one object changes no result.</remarks>
internal static class SharedTexts
{
    // Beyond the limit texts stay as they are, so that no input can grow memory for ever.
    private const int Limit = 65_536;
    private const int LongestText = 64;

    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> BySpan = Texts.GetAlternateLookup<ReadOnlySpan<char>>();
    private static int _count;

    /// <summary>Makes a text one that is shared from now on.</summary>
    /// <param name="text">A text.</param>
    public static void Add(string text)
    {
        if (text.Length <= LongestText && Volatile.Read(ref _count) < Limit && Texts.TryAdd(text, text))
        {
            Interlocked.Increment(ref _count);
        }
    }

    /// <summary>The text of bytes, the shared one where there is one.</summary>
    /// <param name="utf8">The text in UTF-8.</param>
    public static string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestText)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        Span<char> characters = stackalloc char[LongestText];
        var text = characters[..Encoding.UTF8.GetChars(utf8, characters)];
        return BySpan.TryGetValue(text, out var shared) ? shared : text.ToString();
    }
}
