using System.Collections.Immutable;

namespace Pudong.Twin.Query.Syntax;

/// <summary>Visits a whole tree without recursion, so that a tree of any depth can be looked at.</summary>
/// <remarks>
/// A chain such as <c>1 + 1 + 1 …</c> is read by a loop and still becomes a deep tree, over which evaluation, comparison
/// and writing recurse. So the depth of the tree is bounded as well as that of the parentheses.
/// </remarks>
internal static class TreeWalk
{
    /// <summary>The greatest depth that <see cref="Cql2Limits.Depth"/> can allow: no deeper tree can ever be read.</summary>
    public const int GreatestDepth = 256;

    /// <summary>Visits all nodes, parents first.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="depth">How deep operations, lists and intervals may be nested.</param>
    /// <param name="visit">Called with every node before its children; null for the depth alone.</param>
    /// <exception cref="Cql2Exception">The tree is deeper.</exception>
    public static void Visit(Expression root, int depth, Action<Expression>? visit = null)
    {
        var open = new Stack<(Expression Node, int Level)>();
        open.Push((root, 0));
        while (open.TryPop(out var next))
        {
            visit?.Invoke(next.Node);
            var children = ChildrenOf(next.Node);
            if (next.Level >= depth && (next.Node is Operation or ArrayExpression or IntervalExpression))
            {
                throw Mistakes.TooDeep(depth, next.Node.Span);
            }

            foreach (var child in children)
            {
                open.Push((child, next.Level + 1));
            }
        }
    }

    /// <summary>The parts of a node, in order; none of a literal or a property.</summary>
    /// <param name="node">The node.</param>
    public static ImmutableArray<Expression> ChildrenOf(Expression node) => node switch
    {
        Operation operation => operation.Arguments,
        ArrayExpression array => array.Items,
        IntervalExpression interval => [interval.Start, interval.End],
        _ => [],
    };
}
