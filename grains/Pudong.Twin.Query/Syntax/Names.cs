using System.Collections.Frozen;
using System.Text;

namespace Pudong.Twin.Query.Syntax;

/// <summary>Which words of CQL2 Text mean something, and which characters a name may have without quotes.</summary>
internal static class Names
{
    private static readonly FrozenSet<string> Keywords =
        FrozenSet.ToFrozenSet(["AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "TRUE", "FALSE", "DIV"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Literals =
        FrozenSet.ToFrozenSet(
            ["DATE", "TIMESTAMP", "INTERVAL", "BBOX", .. GeometryTypes().SelectMany(type => new[] { type, type + "Z" })],
            StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a word can be neither a property nor a function without quotes.</summary>
    /// <param name="word">The word, in any case.</param>
    public static bool IsKeyword(string word) => Keywords.Contains(word);

    /// <summary>Whether a word before a parenthesis begins a literal, such as <c>DATE</c> or <c>POINTZ</c>.</summary>
    /// <param name="word">The word, in any case.</param>
    public static bool IsLiteral(string word) => Literals.Contains(word);

    /// <summary>Writes a property's name, in quotes where it needs them or another reader might stumble.</summary>
    /// <param name="name">The exact name.</param>
    public static string WriteProperty(string name) =>
        IsPlain(name) && !IsKeyword(name) && !IsLiteral(name) && !Operators.TryGet(name, out _) ? name : Quote(name);

    /// <summary>Writes a function's name; quotes tell a function from a literal or keyword of the same name.</summary>
    /// <param name="name">The name, which is no operator of the standard.</param>
    public static string WriteFunction(string name) => IsPlain(name) && !IsKeyword(name) && !IsLiteral(name) ? name : Quote(name);

    /// <summary>Whether a name may begin with a character (production <c>identifierStart</c>).</summary>
    /// <param name="rune">The character.</param>
    public static bool IsStart(Rune rune) => rune.Value switch
    {
        ':' or '_' => true,
        < 0x80 => Rune.IsLetter(rune),
        >= 0xC0 and <= 0x2FF => rune.Value is not (0xD7 or 0xF7),
        // U+1680 is a space, though it lies in the range.
        >= 0x370 and <= 0x1FFE => rune.Value is not (0x37E or 0x1680),
        >= 0x200C and <= 0x200D => true,
        >= 0x2070 and <= 0x218F => true,
        >= 0x2C00 and <= 0x2FEF => true,
        >= 0x3001 and <= 0xD7FF => true,
        >= 0xF900 and <= 0xFDCF => true,
        >= 0xFDF0 and <= 0xFFFD => true,
        >= 0x10000 and <= 0xEFFFF => true,
        _ => false,
    };

    /// <summary>Whether a name may go on with a character (production <c>identifierPart</c>).</summary>
    /// <param name="rune">The character.</param>
    public static bool IsPart(Rune rune) =>
        IsStart(rune) || rune.Value is '.' or (>= '0' and <= '9') or (>= 0x300 and <= 0x36F) or 0x203F or 0x2040;

    /// <summary>Whether a character only separates (production <c>whitespace</c>).</summary>
    /// <param name="character">The character.</param>
    public static bool IsSpace(char character) => character switch
    {
        ' ' or (>= '\t' and <= '\r') or '\u0085' or '\u00A0' or '\u1680' => true,
        (>= '\u2000' and <= '\u200A') or '\u2028' or '\u2029' or '\u202F' or '\u205F' or '\u3000' => true,
        _ => false,
    };

    private static bool IsPlain(string name)
    {
        var start = true;
        foreach (var rune in name.EnumerateRunes())
        {
            if (start ? !IsStart(rune) : !IsPart(rune))
            {
                return false;
            }

            start = false;
        }

        return !start;
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string[] GeometryTypes() =>
        ["POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION"];
}
