using Pudong.Twin.Query.Syntax;
using Xunit;

namespace Pudong.Twin.Query.Tests.Syntax;

/// <summary>Checks what is said about a source that is refused.</summary>
internal static class Refusal
{
    /// <summary>Reading fails with this sentence about this part of the source.</summary>
    /// <param name="read">Reads the source.</param>
    /// <param name="kind">The kind of mistake.</param>
    /// <param name="message">The whole sentence.</param>
    /// <param name="source">The source.</param>
    /// <param name="place">The part of the source that the error points to.</param>
    /// <returns>The error, for further questions.</returns>
    public static Cql2Error Check(Func<Expression> read, Cql2ErrorKind kind, string message, string source, string place)
    {
        var error = Assert.Throws<Cql2Exception>(read).Error;

        Assert.Equal(message, error.Message);
        Assert.Equal(kind, error.Kind);
        Assert.Equal(place, source.Substring(error.Span.Start, error.Span.Length));
        Inside(error, source);
        return error;
    }

    /// <summary>An error has a place inside the source, a sentence and what belongs to its kind.</summary>
    /// <param name="error">The error.</param>
    /// <param name="source">The source.</param>
    public static void Inside(Cql2Error error, string source)
    {
        SpanCheck.Inside(error.Span, source);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
        if (error.Kind == Cql2ErrorKind.FilterTooComplex)
        {
            Assert.NotNull(error.Bound);
            return;
        }

        Assert.NotNull(error.Expected);
        Assert.NotNull(error.Found);
        // Only the end of the source and a byte that is no character have no length.
        Assert.Equal(error.Span.Length == 0, error.Found == "the end" || error.Found.StartsWith("the byte", StringComparison.Ordinal));
    }
}
