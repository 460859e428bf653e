using System.Text;
using CsCheck;
using Pudong.Twin.Query.Syntax;

namespace Pudong.Twin.Query.Tests.Syntax;

/// <summary>Generates names and texts of well-formed Unicode with all that quotes and escapes could stumble over.</summary>
internal static class AnyText
{
    private static readonly string[] Words =
    [
        "risk", "kind", "date", "DATE", "建筑.层数", "a:b", "_x1", "and", "Not", "in", "div", "null", "TRUE", "isNull", "like", "bbox", "POINT",
        "PointZ", "Z", "interval", "timestamp", "casei", "s_intersects", "t_startedBy", "a_overlaps", "1st", ".", "a b", "a-b", "\"", "\"\"", "'", "é", "",
        // Kelvin sign, long s and dotted capital I: they change their case to ASCII or not at all.
        "li\u212Ae", "i\u017FNull", "\u0130n", "d\u0131v", "or\u200D", "\u00A0", "ǅ",
    ];

    private static readonly Gen<Rune> Character = Gen.Frequency(
        (6, Gen.Int[0x20, 0x7E]),
        (2, Gen.OneOf([.. "'\"\\%_.:,()".Select(character => (int)character)])),
        (2, Gen.Int[0, 0x1F]),
        (1, Gen.OneOf(0x7F, 0x85, 0xA0, 0x37E, 0x1680, 0x2028, 0x212A, 0x130, 0x17F, 0xFEFF, 0xFFFD)),
        (2, Gen.Int[0x80, 0x24F]),
        (2, Gen.Int[0x4E00, 0x9FFF]),
        (2, Gen.Int[0, 0xD7FF]),
        (1, Gen.Int[0xE000, 0x10FFFF])).Select(code => new Rune(code));

    /// <summary>Any text, also none.</summary>
    public static Gen<string> Value { get; } = Gen.Frequency((1, Gen.OneOf(Words)), (4, Some(0, 12)));

    /// <summary>A name of at least one character.</summary>
    public static Gen<string> Name { get; } = Gen.OneOf(Gen.OneOf(Words), Some(1, 8)).Where(name => name.Length > 0);

    /// <summary>A name of a function as the readers leave it: lower case, and no operator of the standard.</summary>
    public static Gen<string> Function { get; } = Name.Select(name => name.ToLowerInvariant()).Where(name => !Operators.TryGet(name, out _));

    private static Gen<string> Some(int least, int most) => Character.Array[least, most].Select(runes => string.Concat(runes));
}
