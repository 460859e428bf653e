using System.Numerics;
using System.Text;
using Pudong.Twin.Domain.Elements;
using Pudong.Twin.Domain.Packages;

namespace Pudong.Twin.Domain.Events.Coding;

/// <summary>Lets the many events of few elements and senders share their ids and sources, without a lookup by text.</summary>
/// <remarks>A cache in which newer entries take the place of older ones. Not for several threads at once: each reader has its own.</remarks>
public sealed class EventStrings
{
    private const int SourceSlots = 4_096;
    private const int BlockLength = 4_096;

    private readonly TextCache<ElementId> _ids;
    private readonly TextCache<string> _sources = new(SourceSlots);

    private byte[] _block = [];
    private int _used;

    private ModelPackage? _package;
    private string? _kindName;
    private ElementKind? _kind;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="elements">Ids that are kept: 1 to 4,194,304, rounded up to a power of two; 16 bytes each, and some 40 more when it is there.</param>
    public EventStrings(int elements = 65_536)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(elements);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(elements, 4_194_304);
        _ids = new TextCache<ElementId>((int)BitOperations.RoundUpToPowerOf2((uint)elements));
    }

    /// <summary>The id that some bytes spell.</summary>
    /// <param name="text">UTF-8.</param>
    /// <returns>The id, or null when the bytes spell none.</returns>
    public ElementId? Id(ReadOnlySpan<byte> text) => _ids.Find(text) ?? NewId(text);

    /// <summary>The source that some bytes spell.</summary>
    /// <param name="text">Valid UTF-8.</param>
    /// <returns>The text, the same object as before where possible.</returns>
    public string Source(ReadOnlySpan<byte> text) => _sources.Find(text) ?? _sources.Keep(text, New(text));

    /// <summary>Finds a kind, as <see cref="ModelPackage.FindKind"/> does; most events are of the same kind as the one before.</summary>
    internal ElementKind? Kind(ModelPackage package, string name)
    {
        if (!ReferenceEquals(package, _package) || !ReferenceEquals(name, _kindName))
        {
            (_package, _kindName, _kind) = (package, name, package.FindKind(name));
        }

        return _kind;
    }

    /// <summary>Keeps some bytes, together with others, for as long as the text is in use.</summary>
    /// <param name="text">ASCII.</param>
    internal AsciiText Keep(ReadOnlySpan<byte> text)
    {
        if (_block.Length - _used < text.Length)
        {
            (_block, _used) = (new byte[Math.Max(BlockLength, text.Length)], 0);
        }

        var kept = new AsciiText(_block, _used, text.Length);
        text.CopyTo(_block.AsSpan(_used));
        _used += text.Length;
        return kept;
    }

    /// <summary>A new text of some bytes.</summary>
    /// <exception cref="DecoderFallbackException">The bytes are not UTF-8.</exception>
    internal static string New(ReadOnlySpan<byte> text) =>
        // Most texts are ASCII, and those need no more than widening.
        Ascii.IsValid(text) ? Encoding.Latin1.GetString(text) : Strict.GetString(text);

    /// <summary>UTF-8 that throws where bytes are none.</summary>
    internal static UTF8Encoding Strict { get; } = new(false, throwOnInvalidBytes: true);

    private ElementId? NewId(ReadOnlySpan<byte> text) =>
        ElementId.TryParse(text.Length <= ElementId.KindLength + 1 + ElementId.KeyLength ? Encoding.UTF8.GetString(text) : null, out var id) ? _ids.Keep(text, id) : null;
}
