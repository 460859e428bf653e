namespace Pudong.Twin.Query.Evaluation;

/// <summary>The operators of arithmetic.</summary>
internal enum ArithmeticOperator : byte
{
    Add,
    Subtract,
    Multiply,
    Divide,
    IntegerDivide,
    Modulo,
    Power,
}

/// <summary>Arithmetic of numbers, and of instants and durations.</summary>
/// <remarks>
/// Integers stay integers under +, −, *, div and % while the result fits 64 bits, and become doubles where not. What has no finite result, such as
/// x/0, is NULL; so is an instant outside the years 1 to 9999.
/// </remarks>
internal sealed class BoundArithmetic(ArithmeticOperator operation, ValueKind kind, BoundExpression left, BoundExpression right)
    : BoundExpression(kind, left, right)
{
    public override Value Evaluate(in Scope scope)
    {
        var a = left.Evaluate(scope);
        var b = right.Evaluate(scope);
        if (a.IsNull || b.IsNull)
        {
            return Value.Null;
        }

        if (Kind != ValueKind.Number)
        {
            return OfTime(a.Integer, b.Integer);
        }

        return (a.Kind == ValueKind.Integer && b.Kind == ValueKind.Integer ? OfIntegers(a.Integer, b.Integer) : null) ?? OfNumbers(a.Number, b.Number);
    }

    // Null where the result is no 64-bit integer.
    private Value? OfIntegers(long a, long b)
    {
        var result = operation switch
        {
            ArithmeticOperator.Add => (Int128)a + b,
            ArithmeticOperator.Subtract => (Int128)a - b,
            ArithmeticOperator.Multiply => (Int128)a * b,
            ArithmeticOperator.IntegerDivide when b != 0 => (Int128)a / b,
            ArithmeticOperator.Modulo when b != 0 => (Int128)a % b,
            _ => Int128.MaxValue,
        };
        return result >= long.MinValue && result <= long.MaxValue ? Value.Of((long)result) : null;
    }

    private Value OfNumbers(double a, double b)
    {
        var result = operation switch
        {
            ArithmeticOperator.Add => a + b,
            ArithmeticOperator.Subtract => a - b,
            ArithmeticOperator.Multiply => a * b,
            ArithmeticOperator.Divide => a / b,
            ArithmeticOperator.IntegerDivide => Math.Truncate(a / b),
            ArithmeticOperator.Modulo => a % b,
            _ => Math.Pow(a, b),
        };
        return double.IsFinite(result) ? Value.Of(result) : Value.Null;
    }

    private Value OfTime(long a, long b)
    {
        var result = operation == ArithmeticOperator.Add ? (Int128)a + b : (Int128)a - b;
        if (Kind == ValueKind.Duration)
        {
            return result >= long.MinValue && result <= long.MaxValue ? Value.OfDuration((long)result) : Value.Null;
        }

        return result >= DateTime.MinValue.Ticks && result <= DateTime.MaxValue.Ticks ? Value.OfTicks((long)result) : Value.Null;
    }
}
