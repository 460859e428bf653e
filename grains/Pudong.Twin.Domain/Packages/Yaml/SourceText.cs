using YamlDotNet.Core;

namespace Pudong.Twin.Domain.Packages.Yaml;

/// <summary>A file as it is written, to find again where a character of a value came from.</summary>
internal sealed record SourceText(string File, string Text)
{
    /// <summary>Where a character of a scalar's value stands in the file, so that an error inside an expression points at the right place.</summary>
    /// <param name="scalar">The scalar.</param>
    /// <param name="offset">The character's offset in the value.</param>
    public Place PlaceOf(YamlScalar scalar, int offset)
    {
        var at = StartOf(scalar);
        for (var done = 0; done < offset && at < Text.Length; done++)
        {
            at = After(scalar, at, done);
        }

        return PlaceAt(Math.Min(at, Text.Length), scalar);
    }

    /// <summary>An error's line and column, counted from the file's beginning.</summary>
    private Place PlaceAt(int offset, YamlScalar scalar)
    {
        var (line, column) = (scalar.Place.Line, scalar.Place.Column);
        for (var at = scalar.Start; at < offset; at++)
        {
            (line, column) = Text[at] == '\n' ? (line + 1, 1) : (line, column + 1);
        }

        return new Place(this, line, column);
    }

    private int StartOf(YamlScalar scalar) => scalar.Style switch
    {
        ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted => scalar.Start + 1,
        ScalarStyle.Literal or ScalarStyle.Folded => SkipSpace(Text.IndexOf('\n', scalar.Start) + 1),
        _ => scalar.Start,
    };

    // One character of the value can be several of the file: an escape, or a line end with the indentation behind it.
    private int After(YamlScalar scalar, int at, int index)
    {
        if (scalar.Value[index] is ' ' or '\n' && char.IsWhiteSpace(Text[at]))
        {
            var end = SkipSpace(at);
            return Text.AsSpan(at, end - at).Contains('\n') && !NextIsSpace(scalar, index) ? end : at + 1;
        }

        return scalar.Style switch
        {
            ScalarStyle.SingleQuoted when Text[at] == '\'' => at + 2,
            ScalarStyle.DoubleQuoted when Text[at] == '\\' => at + EscapeLength(at),
            _ => at + 1,
        };
    }

    private static bool NextIsSpace(YamlScalar scalar, int index) => index + 1 < scalar.Value.Length && scalar.Value[index + 1] is ' ' or '\n';

    private int EscapeLength(int at) => at + 1 < Text.Length ? Text[at + 1] switch
    {
        'x' => 4,
        'u' => 6,
        'U' => 10,
        _ => 2,
    }
    : 1;

    private int SkipSpace(int at)
    {
        while (at < Text.Length && char.IsWhiteSpace(Text[at]))
        {
            at++;
        }

        return at;
    }
}
