using System.Collections.Immutable;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;
using Pudong.Twin.Query.Syntax;
using Pudong.Twin.Query.Texts;

namespace Pudong.Twin.Query.Binding;

/// <summary>Binds comparisons: what is compared has to be of one kind that has an order.</summary>
internal sealed partial class Binder
{
    private BoundPredicate BindComparison(string name, ImmutableArray<Expression> arguments)
    {
        switch (name)
        {
            case Operators.IsNull:
                return new BoundIsNull(BindValue(arguments[0]));
            case Operators.Like:
                return BindLike(arguments[0], arguments[1]);
            case Operators.Between:
                var ends = BindAlike(arguments);
                return new BoundBetween(ends[0], ends[1], ends[2]);
            case Operators.In:
                var list = (ArrayExpression)arguments[1];
                var alike = BindAlike([arguments[0], .. list.Items]);
                CheckCodes(alike[0], list.Items);
                return new BoundIn(alike[0], alike[1..]);
            default:
                var both = BindAlike(arguments);
                var comparison = ComparisonOf(name);
                if (comparison is Comparison.Equal or Comparison.NotEqual)
                {
                    CheckCodes(both[0], [arguments[1]]);
                    CheckCodes(both[1], [arguments[0]]);
                }

                return new BoundComparison(comparison, both[0], both[1]);
        }
    }

    private static Comparison ComparisonOf(string name) => name switch
    {
        Operators.Equal => Comparison.Equal,
        Operators.NotEqual => Comparison.NotEqual,
        Operators.Less => Comparison.Less,
        Operators.LessOrEqual => Comparison.LessOrEqual,
        Operators.Greater => Comparison.Greater,
        _ => Comparison.GreaterOrEqual,
    };

    private BoundLike BindLike(Expression operand, Expression pattern)
    {
        var text = BindOf(ValueKind.Text, operand);
        var bound = BindOf(ValueKind.Text, pattern);
        return bound is BoundConstant { Value: var value }
            ? new BoundLike(text, value.Text is null ? null : new LikePattern(value.Text))
            : throw Unexpected("a pattern that is the same for all records", pattern, bound);
    }

    /// <summary>Binds expressions that are compared with the first one. The first that is no text literal tells the kind, so that a time may be written as text.</summary>
    private ImmutableArray<BoundExpression> BindAlike(ImmutableArray<Expression> expressions)
    {
        var leader = expressions.FirstOrDefault(expression => expression is not TextLiteral) ?? expressions[0];
        var lead = BindValue(leader);
        if (!Kinds.HaveOrder(lead.Kind))
        {
            throw Unexpected("a value that can be compared", leader, lead);
        }

        return [.. expressions.Select(expression => ReferenceEquals(expression, leader) ? lead : BindOf(lead.Kind, expression))];
    }

    // A literal that is none of the codes can only be a slip: it would never be equal.
    private void CheckCodes(BoundExpression operand, IEnumerable<Expression> literals)
    {
        if (operand is not BoundProperty property || schema[property.Ordinal] is not { Type: QueryableType.Text, Codes: { IsEmpty: false } codes } queryable)
        {
            return;
        }

        foreach (var literal in literals.OfType<TextLiteral>())
        {
            if (!codes.Contains(literal.Value, StringComparer.Ordinal))
            {
                var example = NearestName.Of(literal.Value, codes) ?? codes[0];
                throw Mistakes.Expected($"a code of '{queryable.Name}' such as '{example}'", literal.Value, literal.Span);
            }
        }
    }
}
