using System.Collections.Immutable;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Syntax;

namespace Pudong.Twin.Query.Binding;

/// <summary>Binds arithmetic: numbers with numbers, and sums and differences of times.</summary>
internal sealed partial class Binder
{
    private BoundArithmetic BindArithmetic(string name, ImmutableArray<Expression> arguments)
    {
        var operation = OperatorOf(name);
        var left = BindValue(arguments[0]);
        var right = BindValue(arguments[1]);
        if (left.Kind is not (ValueKind.Number or ValueKind.Timestamp or ValueKind.Duration))
        {
            throw Unexpected(Kinds.Name(ValueKind.Number), arguments[0], left);
        }

        var kind = KindOf(operation, left.Kind, right.Kind) ?? throw Unexpected(Wanted(operation, left.Kind), arguments[1], right);
        return new BoundArithmetic(operation, kind, left, right);
    }

    private static ArithmeticOperator OperatorOf(string name) => name switch
    {
        Operators.Add => ArithmeticOperator.Add,
        Operators.Subtract => ArithmeticOperator.Subtract,
        Operators.Multiply => ArithmeticOperator.Multiply,
        Operators.Divide => ArithmeticOperator.Divide,
        Operators.IntegerDivide => ArithmeticOperator.IntegerDivide,
        Operators.Modulo => ArithmeticOperator.Modulo,
        _ => ArithmeticOperator.Power,
    };

    private static ValueKind? KindOf(ArithmeticOperator operation, ValueKind left, ValueKind right) => (operation, left, right) switch
    {
        (_, ValueKind.Number, ValueKind.Number) => ValueKind.Number,
        (ArithmeticOperator.Add or ArithmeticOperator.Subtract, ValueKind.Timestamp, ValueKind.Duration) => ValueKind.Timestamp,
        (ArithmeticOperator.Add, ValueKind.Duration, ValueKind.Timestamp) => ValueKind.Timestamp,
        (ArithmeticOperator.Subtract, ValueKind.Timestamp, ValueKind.Timestamp) => ValueKind.Duration,
        (ArithmeticOperator.Add or ArithmeticOperator.Subtract, ValueKind.Duration, ValueKind.Duration) => ValueKind.Duration,
        _ => null,
    };

    private static string Wanted(ArithmeticOperator operation, ValueKind left) => (operation, left) switch
    {
        (_, ValueKind.Number) => Kinds.Name(ValueKind.Number),
        (ArithmeticOperator.Add, ValueKind.Timestamp) => Kinds.Name(ValueKind.Duration),
        (ArithmeticOperator.Subtract, ValueKind.Timestamp) => "a duration or a timestamp",
        (ArithmeticOperator.Add, _) => "a duration or a timestamp",
        (ArithmeticOperator.Subtract, _) => Kinds.Name(ValueKind.Duration),
        _ => "numbers on both sides",
    };
}
