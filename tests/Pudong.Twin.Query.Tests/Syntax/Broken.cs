using System.Text;
using CsCheck;

namespace Pudong.Twin.Query.Tests.Syntax;

/// <summary>Generates sources that are mostly wrong, each in another way.</summary>
internal static class Broken
{
    private static readonly string[] Nesting =
    [
        "(", "NOT ", "- ", "f(", "CASEI(", "A_EQUALS((", "1 + ", "a AND (", "x IN (", "INTERVAL(f(", "GEOMETRYCOLLECTION(", "MULTIPOLYGON(((", "a IS NULL ", "2 ^ ", "((1),", ")", "'", "\"", "\\",
        "[", "{\"op\":\"not\",\"args\":[", "{\"op\":\"in\",\"args\":[1,[", "{\"interval\":[", "{\"coordinates\":[", "{\"type\":\"Polygon\",\"coordinates\":[[[", "{\"a\":", "{", "\"",
    ];

    /// <summary>Any UTF-16 code units, lone surrogates too.</summary>
    public static Gen<string> Characters { get; } =
        Gen.OneOf(Gen.Char, Gen.Char[' ', '~'], Gen.Char['\uD7F0', '\uE010']).Array[0, 60].Select(characters => new string(characters));

    /// <summary>Any bytes, mostly no UTF-8 and seldom JSON.</summary>
    public static Gen<byte[]> Bytes { get; } = Gen.OneOf(Gen.Byte, Gen.Byte[0x20, 0x7E]).Array[0, 60];

    /// <summary>Valid tokens in any order.</summary>
    /// <param name="tokens">The tokens.</param>
    public static Gen<string> Soup(string[] tokens) => Gen.Select(Gen.OneOf(tokens).Array[0, 25], Gen.OneOf("", " "), (chosen, between) => string.Join(between, chosen));

    /// <summary>Valid sources that were cut off, cut into, joined or had characters and tokens replaced.</summary>
    /// <param name="sources">Valid sources.</param>
    /// <param name="tokens">What comes in.</param>
    public static Gen<string> Mutated(string[] sources, string[] tokens)
    {
        var place = Gen.Double[0, 1];
        var source = Gen.OneOf(sources);
        var change = Gen.OneOf<Func<string, string>>(
            place.Select(Func<string, string> (at) => text => text[..At(text, at)]),
            place.Select(Func<string, string> (at) => text => text[At(text, at)..]),
            Gen.Select(place, Gen.Int[1, 10], Func<string, string> (at, length) => text => text.Remove(At(text, at), Math.Min(length, text.Length - At(text, at)))),
            Gen.Select(place, Gen.OneOf(tokens), Func<string, string> (at, token) => text => text.Insert(At(text, at), token)),
            Gen.Select(place, Gen.Char[' ', '~'], Func<string, string> (at, other) => text => Replace(text, At(text, at), other)),
            Gen.Select(place, place, Func<string, string> (from, to) => text => text.Insert(At(text, from), text[Math.Min(At(text, from), At(text, to))..At(text, to)])),
            Gen.Select(place, place, source, Func<string, string> (from, to, other) => text => text[..At(text, from)] + other[At(other, to)..]));
        return Gen.Select(source, change.Array[1, 3], (text, changes) => changes.Aggregate(text, (changed, next) => next(changed)));
    }

    /// <summary>One opening thousands of times, with or without something valid before it and behind it.</summary>
    public static Gen<string> Deep { get; } = Gen.Select(
        Gen.OneOf(Nesting),
        Gen.OneOf(Gen.Int[1, 300], Gen.Int[1, 20_000]),
        Gen.OneOf("", "a = ", "[", "1", "a"),
        (opening, times, rest) => rest + new StringBuilder().Insert(0, opening, times) + rest);

    /// <summary>Numbers, texts, names and lists that are huge.</summary>
    public static Gen<string> Huge { get; } = Gen.Select(
        Gen.OneOf("9", "0", "1.", ".0", "1e9", "x", "'a", "a'", "''", "\\", "\\u0041", "😀", "%", "\n", " ", "1,", "1 ", "0 0,", "[0,0],", "-", ","),
        Gen.OneOf(Gen.Int[1, 300], Gen.Int[1, 40_000]),
        Gen.OneOf("", "'", "\"", "(", "x IN (", "POINT(", "LINESTRING(", "[", "{\"op\":\"", "{\"type\":\"LineString\",\"coordinates\":[", "1e", "-", "DATE('", "BBOX("),
        Gen.OneOf("", "'", "\"", ")", "]", "]}"),
        (unit, times, before, behind) => before + new StringBuilder().Insert(0, unit, times) + behind);

    private static int At(string text, double place) => (int)(place * text.Length);

    private static string Replace(string text, int index, char other) =>
        index == text.Length ? text + other : string.Concat(text.AsSpan(0, index), other.ToString(), text.AsSpan(index + 1));
}
