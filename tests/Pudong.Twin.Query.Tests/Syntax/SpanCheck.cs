using Pudong.Twin.Query.Syntax;
using Xunit;

namespace Pudong.Twin.Query.Tests.Syntax;

/// <summary>Checks places against their source by another way than the readers find them.</summary>
internal static class SpanCheck
{
    /// <summary>The place lies inside the source, and line and column belong to its offset.</summary>
    /// <param name="span">The place.</param>
    /// <param name="source">The text or JSON.</param>
    public static void Inside(SourceSpan span, string source)
    {
        Assert.InRange(span.Start, 0, source.Length);
        Assert.InRange(span.Length, 0, source.Length - span.Start);
        var before = source[..span.Start];
        // A line feed that comes next belongs to a carriage return before it, which then ends no line yet.
        var ended = before.EndsWith('\r') && source.AsSpan(span.Start).StartsWith("\n") ? before[..^1] : before;
        var lines = ended.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        Assert.Equal(lines.Length, span.Line);
        Assert.Equal(before.Length - LineStart(ended) + 1, span.Column);
    }

    /// <summary>Every node lies inside the source and inside its parent.</summary>
    /// <param name="root">The tree as it was read.</param>
    /// <param name="source">What it was read from.</param>
    public static void Tree(Expression root, string source)
    {
        Inside(root.Span, source);
        foreach (var child in TreeWalk.ChildrenOf(root))
        {
            Assert.InRange(child.Span.Start, root.Span.Start, root.Span.End);
            Assert.InRange(child.Span.End, root.Span.Start, root.Span.End);
            Tree(child, source);
        }
    }

    private static int LineStart(string text) => text.LastIndexOfAny(['\n', '\r']) + 1;
}
