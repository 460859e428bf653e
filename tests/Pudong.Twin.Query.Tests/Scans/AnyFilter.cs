using System.Collections.Immutable;
using CsCheck;
using Pudong.Twin.Query.Syntax;

namespace Pudong.Twin.Query.Tests.Scans;

/// <summary>Generated conditions that are well typed for <see cref="AnyCity.Schema"/>, with every predicate class and all its operand orders.</summary>
public static class AnyFilter
{
    private static readonly Gen<string> Comparison = Gen.OneOf("=", "<>", "<", "<=", ">", ">=");

    private static readonly Gen<Expression> Text = Gen.OneOf(
        Property("kind", "name"),
        AnyCity.Text.Select(Expression (text) => new TextLiteral(text)),
        Property("kind", "name").Select(Expression (name) => Call("casei", name)),
        Property("kind").Select(Expression (name) => Call("accenti", Call("casei", name))),
        Property("kind").Select(Expression (name) => Call("coalesce", name, new PropertyReference("name"))),
        Property("kind").Select(Expression (name) => Call("upper", name)));

    private static readonly Gen<Expression> LiteralNumber = Gen.OneOf(
        AnyCity.Number.Select(Expression (number) => new NumberLiteral(number)),
        AnyCity.Integer.Select(Expression (number) => new IntegerLiteral(number)));

    private static readonly Gen<Expression> Number = Gen.OneOf(
        Property("risk", "limit", "floors", "cases"),
        LiteralNumber,
        Gen.Select(
            Gen.OneOf("+", "-", "*", "/", "%", "div"), Property("risk", "floors"), LiteralNumber,
            Expression (name, left, right) => Call(name, left, right)));

    private static readonly Gen<Expression> Instant = Gen.OneOf(
        Property("changed", "seen"),
        AnyCity.Ticks.Select(Expression (ticks) => new TimestampLiteral(ticks)),
        Gen.Const<Expression>(new Operation("now", [])));

    private static readonly Gen<Expression> Day = Gen.OneOf(
        Property("since"), AnyCity.Day.Select(Expression (day) => new DateLiteral(day)));

    private static readonly Gen<Expression> Shape = Gen.OneOf(
        Property("place", "shape"),
        AnyCity.Shape.Select(Expression (shape) => new GeometryLiteral(shape)),
        Gen.Select(AnyCity.Place, AnyCity.Place, Expression (a, b) =>
            new BoxLiteral(Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Max(a.X, b.X), Math.Max(a.Y, b.Y))),
        AnyCity.Place.Select(Expression (a) => new BoxLiteral(a.X, a.Y, -170, 40)));

    private static readonly Gen<Expression> Period = Gen.Select(AnyCity.Ticks, AnyCity.Ticks, Gen.Int[0, 3], Expression (a, b, open) => new IntervalExpression(
        open == 1 ? new OpenEnd() : new TimestampLiteral(Math.Min(a, b)),
        open == 2 ? new OpenEnd() : new TimestampLiteral(Math.Max(a, b))));

    private static readonly Gen<Expression> Leaf = Gen.OneOf(
        Gen.Select(Comparison, Text, Text, Expression (name, left, right) => Call(name, left, right)),
        Gen.Select(Comparison, Number, Number, Expression (name, left, right) => Call(name, left, right)),
        Gen.Select(Comparison, Instant, Instant, Expression (name, left, right) => Call(name, left, right)),
        Gen.Select(Comparison, Day, Day, Expression (name, left, right) => Call(name, left, right)),
        Gen.Select(Gen.OneOf("=", "<>"), Property("open"), Gen.Bool, Expression (name, left, right) => Call(name, left, new BooleanLiteral(right))),
        Gen.Select(Number, LiteralNumber, LiteralNumber, Expression (value, low, high) => Call("between", value, low, high)),
        Gen.Select(Text, AnyCity.Text.Array[0, 5], Expression (value, items) => In(value, items.Select(item => new TextLiteral(item)))),
        Gen.Select(Property("floors", "risk"), LiteralNumber.Array[0, 12], Expression (value, items) => In(value, items)),
        Gen.Select(Text, Gen.OneOf("S%", "%e", "_ensor", "%", "a\\%b", "浦_", "s%r"), Expression (value, pattern) => Call("like", value, new TextLiteral(pattern))),
        Gen.OneOf(Text, Number, Instant, Shape, Property("open", "tags", "since")).Select(Expression (value) => Call("isNull", value)),
        Gen.Select(Gen.OneOf("s_intersects", "s_disjoint", "s_within", "s_contains", "s_equals", "s_touches"), Shape, Shape, Expression (name, left, right) => Call(name, left, right)),
        Gen.Select(Gen.OneOf("t_after", "t_before", "t_disjoint", "t_equals", "t_intersects"), Gen.OneOf(Instant, Day, Period), Gen.OneOf(Instant, Day, Period), Expression (name, left, right) => Call(name, left, right)),
        Gen.Select(Gen.OneOf("t_during", "t_overlaps", "t_meets", "t_contains"), Period, Expression (name, period) =>
            Call(name, new IntervalExpression(new PropertyReference("changed"), new PropertyReference("seen")), period)),
        Gen.Select(Gen.OneOf("a_contains", "a_overlaps", "a_equals", "a_containedBy"), AnyCity.Text.Array[1, 3], Expression (name, items) =>
            Call(name, new PropertyReference("tags"), new ArrayExpression([.. items.Select(item => new TextLiteral(item))]))),
        Gen.Select(Shape, Gen.Double[0, 20_000], Expression (shape, metres) =>
            Call("<", Call("distance", new PropertyReference("place"), shape), new NumberLiteral(metres))),
        Property("open"),
        Gen.Bool.Select(Expression (value) => new BooleanLiteral(value)));

    /// <summary>Conditions up to three operators deep.</summary>
    public static Gen<Expression> Condition { get; } = Nested(3);

    private static Gen<Expression> Nested(int depth) => depth == 0 ? Leaf : Gen.Frequency(
        (3, Leaf),
        (1, Nested(depth - 1).Select(Expression (part) => Call("not", part))),
        (2, Nested(depth - 1).Array[2, 3].Select(Expression (parts) => new Operation("and", [.. parts]))),
        (2, Nested(depth - 1).Array[2, 3].Select(Expression (parts) => new Operation("or", [.. parts]))));

    private static Gen<Expression> Property(params string[] names) => Gen.OneOf(names).Select(Expression (name) => new PropertyReference(name));

    private static Operation Call(string name, params ImmutableArray<Expression> arguments) => new(name, arguments);

    private static Operation In(Expression value, IEnumerable<Expression> items) => new("in", [value, new ArrayExpression([.. items])]);
}
