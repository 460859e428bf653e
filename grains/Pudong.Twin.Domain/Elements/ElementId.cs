using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Text;
using Orleans;

namespace Pudong.Twin.Domain.Elements;

/// <summary>The name of an element: its kind and its key, printed as <c>sensor:smoke-000042</c>.</summary>
/// <remarks>
/// A kind is a lower-case letter and then up to 31 lower-case letters, digits or hyphens. A key is 1 to 128 of the unreserved characters of URLs: letters, digits,
/// hyphen, full stop, low line, tilde. So an id is safe in every URL. Ids are compared by their text, character by character.
/// </remarks>
[GenerateSerializer, Immutable, Alias("pudong.element-id")]
public sealed class ElementId : IEquatable<ElementId>, IComparable<ElementId>
{
    /// <summary>The most characters a kind has.</summary>
    public const int KindLength = 32;

    /// <summary>The most characters a key has.</summary>
    public const int KeyLength = 128;

    [Id(0)]
    private readonly string _text;

    [Id(1)]
    private readonly string _kind;

    // Kept, because partitions, tables and labels all look ids up by it.
    [Id(2)]
    private readonly ulong _hash;

    private ElementId(string text, string kind)
    {
        _text = text;
        _kind = kind;
        _hash = HashOf(text);
    }

    /// <summary>The kind, which selects the grain type.</summary>
    public string Kind => _kind;

    /// <summary>The key, unique among the elements of the kind.</summary>
    public ReadOnlySpan<char> Key => _text.AsSpan(_kind.Length + 1);

    /// <summary>Makes an id of its parts.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="key">The key.</param>
    /// <exception cref="FormatException">The kind or the key has a character or a length that is not allowed.</exception>
    public static ElementId Of(string kind, string key) => Parse($"{kind}:{key}");

    /// <summary>Reads an id.</summary>
    /// <param name="text">Text such as <c>sensor:smoke-000042</c>.</param>
    /// <exception cref="FormatException">The text is not an id; the message says why.</exception>
    public static ElementId Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var id) ? id : throw new FormatException(MistakeIn(text));
    }

    /// <summary>Reads an id.</summary>
    /// <param name="text">Text such as <c>sensor:smoke-000042</c>.</param>
    /// <param name="id">The id; null when the text is none.</param>
    /// <returns>Whether the text is an id.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ElementId? id)
    {
        var colon = text is null ? -1 : text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !IsKind(text.AsSpan(0, colon)) || !IsKey(text.AsSpan(colon + 1)))
        {
            id = null;
            return false;
        }

        id = new ElementId(text!, KindNames.Share(text.AsSpan(0, colon)));
        return true;
    }

    /// <summary>Whether a text may be a kind.</summary>
    /// <param name="kind">The text.</param>
    public static bool IsKind(ReadOnlySpan<char> kind)
    {
        if (kind.Length is 0 or > KindLength || !char.IsAsciiLetterLower(kind[0]))
        {
            return false;
        }

        foreach (var character in kind)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character != '-')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a text may be a key.</summary>
    /// <param name="key">The text.</param>
    public static bool IsKey(ReadOnlySpan<char> key)
    {
        foreach (var character in key)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '.' or '_' or '~'))
            {
                return false;
            }
        }

        return key.Length is > 0 and <= KeyLength;
    }

    /// <summary>The partition that an element belongs to: XXH64 (seed 0) of the id's UTF-8 bytes, modulo the number of partitions.</summary>
    /// <param name="partitions">The number of partitions of the store, at least one.</param>
    /// <remarks>The hash never changes: <c>sensor:smoke-000042</c> and further ids are written down with their hashes in ElementIdTests.</remarks>
    public int Partition(int partitions)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partitions);
        return (int)(_hash % (uint)partitions);
    }

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] ElementId? other) =>
        ReferenceEquals(this, other) || (other is not null && _hash == other._hash && _text == other._text);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ElementId);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)_hash;

    /// <summary>Compares by text, character by character.</summary>
    /// <param name="other">The id to compare with; nothing comes before everything.</param>
    public int CompareTo(ElementId? other) => string.CompareOrdinal(_text, other?._text);

    /// <summary>Whether two ids are the same.</summary>
    /// <param name="left">An id.</param>
    /// <param name="right">Another id.</param>
    public static bool operator ==(ElementId? left, ElementId? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two ids differ.</summary>
    /// <param name="left">An id.</param>
    /// <param name="right">Another id.</param>
    public static bool operator !=(ElementId? left, ElementId? right) => !(left == right);

    /// <summary>Whether an id comes before another.</summary>
    /// <param name="left">An id.</param>
    /// <param name="right">Another id.</param>
    public static bool operator <(ElementId left, ElementId right) => left.CompareTo(right) < 0;

    /// <summary>Whether an id comes after another.</summary>
    /// <param name="left">An id.</param>
    /// <param name="right">Another id.</param>
    public static bool operator >(ElementId left, ElementId right) => left.CompareTo(right) > 0;

    /// <summary>Whether an id comes before another or is the same.</summary>
    /// <param name="left">An id.</param>
    /// <param name="right">Another id.</param>
    public static bool operator <=(ElementId left, ElementId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether an id comes after another or is the same.</summary>
    /// <param name="left">An id.</param>
    /// <param name="right">Another id.</param>
    public static bool operator >=(ElementId left, ElementId right) => left.CompareTo(right) >= 0;

    /// <summary>Kind and key with a colon between.</summary>
    public override string ToString() => _text;

    internal static string MistakeIn(string text)
    {
        var shown = text.Length > 80 ? string.Concat(text.AsSpan(0, 79), "…") : text;
        return $"'{shown}' is not an element id; expected a kind and a key such as 'sensor:smoke-000042', the kind in lower case ({KindLength} characters at most), "
            + $"the key of letters, digits and - . _ ~ ({KeyLength} characters at most).";
    }

    private static ulong HashOf(string text)
    {
        Span<byte> bytes = stackalloc byte[KindLength + 1 + KeyLength];
        return XxHash64.HashToUInt64(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }
}
