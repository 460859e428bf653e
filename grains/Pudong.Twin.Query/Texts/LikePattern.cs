using System.Collections.Immutable;
using System.Text;

namespace Pudong.Twin.Query.Texts;

/// <summary>A pattern of <c>LIKE</c>, taken apart once: <c>%</c> is any run, <c>_</c> one code point, <c>\</c> makes the next character plain.</summary>
/// <remarks>The parts between runs are looked for from left to right; the first such place is as good as any, so nothing is ever tried twice.</remarks>
internal sealed class LikePattern
{
    private readonly ImmutableArray<Part> _parts;

    /// <summary>Takes a pattern apart.</summary>
    /// <param name="pattern">The pattern; a backslash at its end is plain.</param>
    public LikePattern(string pattern)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        var units = new StringBuilder();
        var any = new List<int>();
        for (var index = 0; index < pattern.Length; index++)
        {
            switch (pattern[index])
            {
                case '%':
                    parts.Add(new Part(units.ToString(), [.. any]));
                    units.Clear();
                    any.Clear();
                    break;
                case '_':
                    any.Add(units.Length);
                    units.Append('_');
                    break;
                case '\\' when index + 1 < pattern.Length:
                    units.Append(pattern[++index]);
                    break;
                case var unit:
                    units.Append(unit);
                    break;
            }
        }

        parts.Add(new Part(units.ToString(), [.. any]));
        _parts = parts.ToImmutable();
    }

    /// <summary>Whether the whole text matches.</summary>
    /// <param name="text">The text.</param>
    public bool Matches(ReadOnlySpan<char> text)
    {
        var start = _parts[0].LengthAt(text);
        if (start < 0 || _parts.Length == 1)
        {
            return start == text.Length;
        }

        text = text[start..];
        foreach (var part in _parts.AsSpan()[1..^1])
        {
            var end = part.Find(text);
            if (end < 0)
            {
                return false;
            }

            text = text[end..];
        }

        return _parts[^1].EndsAt(text);
    }

    /// <summary>Characters in a row, some of which may be any code point.</summary>
    private sealed class Part(string units, ImmutableArray<int> any)
    {
        /// <summary>How many units of the text's start match, or −1.</summary>
        public int LengthAt(ReadOnlySpan<char> text)
        {
            if (any.IsEmpty)
            {
                return text.StartsWith(units) ? units.Length : -1;
            }

            var place = 0;
            var plain = 0;
            foreach (var wild in any)
            {
                var length = wild - plain;
                if (text.Length - place <= length || !text.Slice(place, length).SequenceEqual(units.AsSpan(plain, length)))
                {
                    return -1;
                }

                place += length;
                place += IsPair(text, place) ? 2 : 1;
                plain = wild + 1;
            }

            return text[place..].StartsWith(units.AsSpan(plain)) ? place + units.Length - plain : -1;
        }

        /// <summary>Where the first match ends, or −1.</summary>
        public int Find(ReadOnlySpan<char> text)
        {
            if (any.IsEmpty)
            {
                var found = text.IndexOf(units);
                return found < 0 ? -1 : found + units.Length;
            }

            for (var start = 0; start <= text.Length - units.Length; start += IsPair(text, start) ? 2 : 1)
            {
                var length = LengthAt(text[start..]);
                if (length >= 0)
                {
                    return start + length;
                }
            }

            return -1;
        }

        /// <summary>Whether the end of the text matches.</summary>
        public bool EndsAt(ReadOnlySpan<char> text)
        {
            if (any.IsEmpty)
            {
                return text.EndsWith(units);
            }

            // Each code point that may be any takes one unit or two, so the start is found by walking back.
            var start = text.Length;
            for (var unit = units.Length - 1; unit >= 0 && start > 0; unit--)
            {
                start -= any.Contains(unit) && start > 1 && IsPair(text, start - 2) ? 2 : 1;
            }

            return LengthAt(text[start..]) == text.Length - start;
        }

        private static bool IsPair(ReadOnlySpan<char> text, int index) =>
            index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]);
    }
}
