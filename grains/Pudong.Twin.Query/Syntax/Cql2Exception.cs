namespace Pudong.Twin.Query.Syntax;

/// <summary>What kind of mistake an expression holds; the API answers with the problem type of the same name.</summary>
public enum Cql2ErrorKind
{
    /// <summary>The text is not CQL2, or a value has the wrong type (problem <c>invalid-filter</c>).</summary>
    InvalidFilter,

    /// <summary>A name is not a queryable (problem <c>unknown-property</c>).</summary>
    UnknownProperty,

    /// <summary>A bound of <see cref="Cql2Limits"/> is exceeded (problem <c>filter-too-complex</c>).</summary>
    FilterTooComplex,
}

/// <summary>One mistake in an expression: where it is, what was found and what would be right.</summary>
/// <param name="Kind">The kind of mistake.</param>
/// <param name="Message">One sentence for a person, with line and column.</param>
/// <param name="Span">Where the mistake is in the source: offset, length, line and column.</param>
public sealed record Cql2Error(Cql2ErrorKind Kind, string Message, SourceSpan Span)
{
    /// <summary>What would have been right here, such as <c>a number</c>; null where nothing single would be.</summary>
    public string? Expected { get; init; }

    /// <summary>What stands there instead, shortened to 40 characters.</summary>
    public string? Found { get; init; }

    /// <summary>The nearest name that exists, when a name is unknown.</summary>
    public string? Nearest { get; init; }

    /// <summary>The name of the bound, when one is exceeded.</summary>
    public string? Bound { get; init; }
}

/// <summary>An expression cannot be read, bound or written; the only exception that bad input causes in this library.</summary>
/// <param name="error">The mistake.</param>
public sealed class Cql2Exception(Cql2Error error) : Exception(error.Message)
{
    /// <summary>The mistake, for programs.</summary>
    public Cql2Error Error { get; } = error;
}
