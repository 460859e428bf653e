using System.Globalization;

namespace Pudong.Twin.Query.Syntax;

/// <summary>Builds the errors of readers and writers, so that all of them read alike.</summary>
internal static class Mistakes
{
    /// <summary>What <see cref="Cql2Error.Found"/> says where the source ends too early.</summary>
    public const string TheEnd = "the end";

    private const int FoundLength = 40;

    /// <summary>Something else was found in the source.</summary>
    /// <param name="expected">What would be right, such as <c>a number</c>.</param>
    /// <param name="found">The source that stands there; empty for its end.</param>
    /// <param name="span">Where it stands.</param>
    public static Cql2Exception Expected(string expected, ReadOnlySpan<char> found, SourceSpan span)
    {
        var shown = Shorten(found);
        var sentence = shown.Length == 0 ? TheEnd : $"'{shown}'";
        return Invalid($"Expected {expected}{At(span)}, found {sentence}.", expected, shown.Length == 0 ? TheEnd : shown, span);
    }

    /// <summary>What was found cannot be quoted and is described instead, such as <c>3 positions</c>.</summary>
    /// <param name="expected">What would be right.</param>
    /// <param name="description">What is there.</param>
    /// <param name="span">Where it stands.</param>
    public static Cql2Exception ExpectedOther(string expected, string description, SourceSpan span) =>
        Invalid($"Expected {expected}{At(span)}, found {description}.", expected, Shorten(description), span);

    /// <summary>A name that nothing has.</summary>
    /// <param name="kind">The kind of mistake.</param>
    /// <param name="what">What was named, such as <c>property</c>.</param>
    /// <param name="name">The name.</param>
    /// <param name="nearest">The nearest name that exists; null when none is near.</param>
    /// <param name="span">Where the name stands.</param>
    public static Cql2Exception Unknown(Cql2ErrorKind kind, string what, string name, string? nearest, SourceSpan span)
    {
        var end = nearest is null ? "." : $"; did you mean '{nearest}'?";
        return new(new Cql2Error(kind, $"Unknown {what} '{Shorten(name)}'{At(span)}{end}", span) { Found = Shorten(name), Nearest = nearest });
    }

    /// <summary>A tree that was built by hand has no form in text or JSON.</summary>
    /// <param name="message">One sentence.</param>
    /// <param name="node">The node at fault.</param>
    public static Cql2Exception Unwritable(string message, Expression? node) =>
        new(new Cql2Error(Cql2ErrorKind.InvalidFilter, message, node?.Span ?? default));

    /// <summary>A bound of <see cref="Cql2Limits"/> is exceeded.</summary>
    /// <param name="bound">Name of the property of <see cref="Cql2Limits"/>.</param>
    /// <param name="rule">What is allowed, such as <c>A filter may have up to 10 characters</c>.</param>
    /// <param name="excess">What is too much, such as <c>this one has 11</c>.</param>
    /// <param name="span">Where it is too much.</param>
    public static Cql2Exception TooComplex(string bound, string rule, string excess, SourceSpan span) =>
        new(new Cql2Error(Cql2ErrorKind.FilterTooComplex, $"{rule}; {excess}{At(span)}.", span) { Bound = bound });

    /// <summary>The source is too long to be read at all.</summary>
    /// <param name="length">Its length in UTF-16 code units.</param>
    /// <param name="limit">The length that is allowed.</param>
    public static Cql2Exception TooLong(int length, int limit) =>
        new(new Cql2Error(
            Cql2ErrorKind.FilterTooComplex, $"A filter may have up to {limit} characters; this one has {length}.", new SourceSpan(0, 0, 1, 1))
        { Bound = nameof(Cql2Limits.TextLength) });

    /// <summary>Operations, parentheses and lists are nested too deep.</summary>
    /// <param name="limit">The depth that is allowed.</param>
    /// <param name="span">Where it is exceeded.</param>
    public static Cql2Exception TooDeep(int limit, SourceSpan span) =>
        TooComplex(nameof(Cql2Limits.Depth), $"A filter may be nested {limit} levels deep", "another level starts", span);

    /// <summary>A list has too many items or an operation too many arguments.</summary>
    /// <param name="limit">The number that is allowed.</param>
    /// <param name="span">The first item that is too much.</param>
    public static Cql2Exception TooManyItems(int limit, SourceSpan span) =>
        TooComplex(nameof(Cql2Limits.ListItems), $"A list or an operation may have up to {limit} items", "another one starts", span);

    /// <summary>The geometries have too many positions together.</summary>
    /// <param name="limit">The number that is allowed.</param>
    /// <param name="span">The first position that is too much.</param>
    public static Cql2Exception TooManyVertices(int limit, SourceSpan span) =>
        TooComplex(nameof(Cql2Limits.Vertices), $"The geometries of a filter may have up to {limit} positions together", "another one starts", span);

    /// <summary>The edges of a geometry's polygons overlap each other too often to be checked in good time.</summary>
    /// <param name="limit">The number of pairs that is allowed.</param>
    /// <param name="span">The geometry.</param>
    public static Cql2Exception TooManyEdgePairs(int limit, SourceSpan span) =>
        TooComplex(nameof(Cql2Limits.EdgePairs), $"The polygons of a geometry may have up to {limit} pairs of edges with overlapping extents", "one with more starts", span);

    /// <summary>Shortens a text that is quoted in an error.</summary>
    /// <param name="found">The text.</param>
    public static string Shorten(ReadOnlySpan<char> found)
    {
        if (found.Length <= FoundLength)
        {
            return found.ToString();
        }

        // Half of a surrogate pair is no text that could travel.
        var length = char.IsHighSurrogate(found[FoundLength - 2]) ? FoundLength - 2 : FoundLength - 1;
        return string.Concat(found[..length], "…");
    }

    private static Cql2Exception Invalid(string message, string expected, string found, SourceSpan span) =>
        new(new Cql2Error(Cql2ErrorKind.InvalidFilter, message, span) { Expected = expected, Found = found });

    private static string At(SourceSpan span) =>
        span.Line == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" at {span.Line}:{span.Column}");
}
