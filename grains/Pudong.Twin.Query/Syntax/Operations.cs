using System.Collections.Immutable;
using System.Globalization;

namespace Pudong.Twin.Query.Syntax;

/// <summary>Makes the operations of both readers, so that equal expressions become equal trees.</summary>
internal static class Operations
{
    /// <summary>Builds an operation: canonical name, checked number of arguments, flat chains of AND and of OR.</summary>
    /// <param name="name">The operator or function, in any case.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="span">Where it stands.</param>
    /// <param name="limits">How many arguments it may have.</param>
    /// <exception cref="Cql2Exception">The operator of the standard does not take these arguments.</exception>
    public static Operation Create(string name, ImmutableArray<Expression> arguments, SourceSpan span, Cql2Limits limits)
    {
        // Lower case first: the Kelvin sign is no K to a comparison without case, but it becomes one.
        var lower = name.ToLowerInvariant();
        if (!Operators.TryGet(lower, out var info))
        {
            return new Operation(lower, arguments) { Span = span };
        }

        CheckArguments(info, arguments, span);
        var flat = info.Name is Operators.And or Operators.Or ? Flatten(info.Name, arguments, limits) : arguments;
        return new Operation(info.Name, flat) { Span = span };
    }

    /// <summary>Whether an expression may stand as an end of an interval.</summary>
    /// <param name="end">The expression.</param>
    public static bool IsIntervalEnd(Expression end) => end switch
    {
        PropertyReference or DateLiteral or TimestampLiteral or OpenEnd => true,
        Operation operation => !Operators.TryGet(operation.Operator, out _),
        _ => false,
    };

    /// <summary>Says how many arguments an operator takes.</summary>
    /// <param name="info">The operator.</param>
    public static string ArgumentsOf(OperatorInfo info)
    {
        var number = info.MinArguments.ToString(CultureInfo.InvariantCulture);
        var more = info.MaxArguments > info.MinArguments ? " or more" : "";
        var plural = info.MaxArguments == 1 ? "" : "s";
        return $"{number}{more} argument{plural} of '{info.Name}'";
    }

    private static void CheckArguments(OperatorInfo info, ImmutableArray<Expression> arguments, SourceSpan span)
    {
        if (arguments.Length < info.MinArguments || arguments.Length > info.MaxArguments)
        {
            throw Mistakes.ExpectedOther(ArgumentsOf(info), arguments.Length.ToString(CultureInfo.InvariantCulture), span);
        }

        if (info.Name == Operators.In && arguments[1] is not ArrayExpression)
        {
            throw Mistakes.ExpectedOther("a list as second argument of 'in'", "no list", arguments[1].Span);
        }
    }

    private static ImmutableArray<Expression> Flatten(string name, ImmutableArray<Expression> parts, Cql2Limits limits)
    {
        if (!parts.Any(part => IsChain(part, name)))
        {
            return parts;
        }

        var flat = ImmutableArray.CreateBuilder<Expression>();
        foreach (var part in parts)
        {
            flat.AddRange(IsChain(part, name) ? ((Operation)part).Arguments : [part]);
            if (flat.Count > limits.ListItems)
            {
                throw Mistakes.TooManyItems(limits.ListItems, part.Span);
            }
        }

        return flat.ToImmutable();
    }

    private static bool IsChain(Expression part, string name) => part is Operation operation && operation.Operator == name;
}
