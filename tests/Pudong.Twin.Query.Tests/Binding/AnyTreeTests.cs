using System.Collections.Immutable;
using CsCheck;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Scans;
using Pudong.Twin.Query.Syntax;
using Pudong.Twin.Query.Tests.Scans;
using Xunit;

namespace Pudong.Twin.Query.Tests.Binding;

/// <summary>Trees whose types seldom fit: every operator and function with any operands.</summary>
public sealed class AnyTreeTests
{
    private static readonly string[] Names =
        [.. Operators.All.Select(info => info.Name).Order(StringComparer.Ordinal), "now", "duration", "upper", "lower", "coalesce", "distance", "unknown"];

    private static readonly Gen<Expression> Leaf = Gen.OneOf(
        Gen.OneOf([.. AnyCity.Schema.Queryables.Select(queryable => queryable.Name), "risc"]).Select(Expression (name) => new PropertyReference(name)),
        Gen.OneOf("", "%", "sensor", "PT1H", "2021-10-30", "2021-10-30T00:00:00Z").Select(Expression (text) => new TextLiteral(text)),
        AnyCity.Integer.Select(Expression (number) => new IntegerLiteral(number)),
        Gen.OneOf(0.0, 0.5, -1e308, 1e308).Select(Expression (number) => new NumberLiteral(number)),
        Gen.Bool.Select(Expression (truth) => new BooleanLiteral(truth)),
        Gen.OneOf(DateOnly.MinValue, DateOnly.MaxValue, new DateOnly(2021, 10, 30)).Select(Expression (day) => new DateLiteral(day)),
        Gen.OneOf(DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks).Select(Expression (ticks) => new TimestampLiteral(ticks)),
        AnyCity.Shape.Select(Expression (shape) => new GeometryLiteral(shape)),
        Gen.OneOf<Expression>(new BoxLiteral(-180, -90, 180, 90), new BoxLiteral(180, 90, -180, 90), new BoxLiteral(1, 1, 1, 1)));

    private static readonly Gen<Expression> End = Gen.OneOf(
        Gen.Const<Expression>(new OpenEnd()),
        Gen.OneOf("changed", "seen", "since", "risk").Select(Expression (name) => new PropertyReference(name)),
        Gen.OneOf(DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks).Select(Expression (ticks) => new TimestampLiteral(ticks)));

    [Fact]
    public void Bind_AnyTree_IsBoundAndEvaluatedOrRefused() => Gen.Select(Tree(3).Array[20], AnyCity.Rows(5)).Sample(
        (trees, rows) =>
        {
            var version = AnyCity.Tables(rows, 1)[0].Snapshot();
            foreach (var tree in trees)
            {
                try
                {
                    var filter = Filter.Bind(tree, AnyCity.Schema);
                    Assert.Equal(rows.Count(row => filter.Matches(new RowRecord(row), 0)), TableScan.Count([version], filter));
                }
                catch (Cql2Exception refusal)
                {
                    Assert.NotEmpty(refusal.Error.Message);
                }
            }
        },
        iter: 2_500);

    private static Gen<Expression> Tree(int depth) => depth == 0 ? Leaf : Gen.Frequency(
        (2, Leaf),
        (8, Gen.Select(Gen.OneOf(Names), Tree(depth - 1).Array[2, 3], Expression (name, arguments) => Call(name, [.. arguments]))),
        (1, Tree(depth - 1).Array[0, 3].Select(Expression (items) => new ArrayExpression([.. items]))),
        (1, Gen.Select(End, End, Expression (start, end) => new IntervalExpression(start, end))));

    private static Operation Call(string name, ImmutableArray<Expression> arguments)
    {
        if (!Operators.TryGet(name, out var info))
        {
            return new Operation(name, name == "now" ? [] : name is "duration" or "upper" or "lower" ? arguments[..1] : arguments);
        }

        var count = Math.Min(info.MaxArguments, Math.Max(info.MinArguments, arguments.Length));
        var some = arguments.AddRange(arguments)[..count];
        return new Operation(name, name == Operators.In ? [some[0], new ArrayExpression(some)] : some);
    }
}
