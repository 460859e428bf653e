using System.Collections.Immutable;
using CsCheck;
using Pudong.Twin.Query.Syntax;

namespace Pudong.Twin.Query.Tests.Syntax;

/// <summary>Generates trees that the readers can produce: any node in any place, whether or not the types fit.</summary>
/// <remarks>What has to fit is the shape alone: names of operators, numbers of arguments, flat chains, ends of intervals.</remarks>
internal static class AnyExpression
{
    private const int Levels = 5;

    private static readonly ImmutableArray<string> TwoArguments =
        [.. Operators.All.Where(info => info is { MinArguments: 2, MaxArguments: 2, Name: not Operators.In }).Select(info => info.Name).Order(StringComparer.Ordinal)];

    private static readonly ImmutableArray<string> OneArgument =
        [.. Operators.All.Where(info => info.MaxArguments == 1).Select(info => info.Name).Order(StringComparer.Ordinal)];

    /// <summary>A tree of up to five levels above its leaves.</summary>
    public static Gen<Expression> Tree { get; } = Enumerable.Range(0, Levels).Aggregate(Leaf(), (below, _) => Level(below));

    /// <summary>A literal or a property.</summary>
    public static Gen<Expression> Leaf() => Gen.Frequency(
        (6, AnyText.Name.Select(Expression (name) => new PropertyReference(name))),
        (4, AnyText.Value.Select(Expression (value) => new TextLiteral(value))),
        (3, Gen.OneOf(Gen.Long, Gen.Long[-100, 100], Gen.OneOf(long.MinValue, long.MaxValue)).Select(Expression (value) => new IntegerLiteral(value))),
        (3, Gen.OneOf(Gen.Double.Where(double.IsFinite), Gen.Double[-1000, 1000], Gen.OneOf(-0.0, double.Epsilon, double.MaxValue, 1e20)).Select(Expression (value) => new NumberLiteral(value))),
        (1, Gen.Bool.Select(Expression (value) => new BooleanLiteral(value))),
        (2, Instant()),
        (1, Interval()),
        (1, AnyGeometry.Box.Select(Expression (box) => box)),
        (2, AnyGeometry.Literal.Select(Expression (literal) => literal)));

    private static Gen<Expression> Level(Gen<Expression> below)
    {
        var oneOrMore = below.Array[1, 3];
        return Gen.Frequency(
            (3, below),
            (2, Chain(Operators.And, below)),
            (2, Chain(Operators.Or, below)),
            (3, Gen.Select(Gen.OneOf([.. OneArgument]), below, Expression (name, argument) => new Operation(name, [argument]))),
            (5, Gen.Select(Gen.OneOf([.. TwoArguments]), below, below, Expression (name, left, right) => new Operation(name, [left, right]))),
            (1, Gen.Select(below, below, below, Expression (value, low, high) => new Operation(Operators.Between, [value, low, high]))),
            (1, Gen.Select(below, below.Array[0, 4], Expression (value, items) => new Operation(Operators.In, [value, new ArrayExpression([.. items])]))),
            (1, below.Array[0, 4].Select(Expression (items) => new ArrayExpression([.. items]))),
            (1, Gen.Select(AnyText.Function, below.Array[0, 3], Expression (name, arguments) => new Operation(name, [.. arguments]))),
            (1, Gen.Select(End(below), End(below), Expression (start, end) => new IntervalExpression(start, end))));
    }

    /// <summary>AND or OR of parts that are not such a chain themselves: the readers make one of chains in chains.</summary>
    private static Gen<Expression> Chain(string name, Gen<Expression> below) =>
        below.Where(part => part is not Operation operation || operation.Operator != name)
            .Array[2, 4]
            .Select(Expression (parts) => new Operation(name, [.. parts]));

    private static Gen<Expression> Interval() =>
        Gen.Select(End(Instant()), End(Instant()), Expression (start, end) => new IntervalExpression(start, end));

    private static Gen<Expression> End(Gen<Expression> below) => Gen.OneOf(
        Instant(),
        Gen.Const<Expression>(new OpenEnd()),
        AnyText.Name.Select(Expression (name) => new PropertyReference(name)),
        Gen.Select(AnyText.Function, below.Array[0, 2], Expression (name, arguments) => new Operation(name, [.. arguments])));

    private static Gen<Expression> Instant() => Gen.OneOf(
        Gen.Int[DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber].Select(Expression (day) => new DateLiteral(DateOnly.FromDayNumber(day))),
        Gen.Long[DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks].Select(Expression (ticks) => new TimestampLiteral(ticks)),
        Gen.Long[0, 4_000_000_000].Select(Expression (seconds) => new TimestampLiteral(DateTime.UnixEpoch.Ticks + (seconds * TimeSpan.TicksPerSecond))));
}
