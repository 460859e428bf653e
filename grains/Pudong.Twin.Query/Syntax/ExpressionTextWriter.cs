using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Pudong.Twin.Query.Syntax;

/// <summary>Writes CQL2 Text of a tree that <see cref="Writable"/> has checked.</summary>
/// <param name="text">What receives the text.</param>
internal sealed class ExpressionTextWriter(StringBuilder text)
{
    /// <summary>How tightly a construct binds: what binds less tightly than its place asks for gets parentheses.</summary>
    private enum Binding
    {
        Or,
        And,
        Not,
        Predicate,
        Sum,
        Product,
        Power,
        Operand,
    }

    /// <summary>Writes a whole expression.</summary>
    /// <param name="expression">The tree.</param>
    public void Write(Expression expression) => Write(expression, Binding.Or);

    private static Binding BindingOf(Expression expression) => (expression as Operation)?.Operator.ToLowerInvariant() switch
    {
        Operators.Or => Binding.Or,
        Operators.And => Binding.And,
        Operators.Not => Inverse(expression) is null ? Binding.Not : Binding.Predicate,
        Operators.Add or Operators.Subtract => Binding.Sum,
        Operators.Multiply or Operators.Divide or Operators.Modulo or Operators.IntegerDivide => Binding.Product,
        Operators.Power => Binding.Power,
        { } name when Info(name)?.Category == OperatorCategory.Comparison => Binding.Predicate,
        _ => Binding.Operand,
    };

    private static OperatorInfo? Info(string name) => Operators.TryGet(name, out var info) ? info : null;

    /// <summary>The predicate inside a NOT that has a form of its own, such as IS NOT NULL.</summary>
    private static Operation? Inverse(Expression expression) =>
        expression is Operation { Arguments: [Operation predicate] } &&
        Info(predicate.Operator)?.Name is Operators.IsNull or Operators.Like or Operators.In or Operators.Between
            ? predicate
            : null;

    private void Write(Expression expression, Binding place)
    {
        if (BindingOf(expression) >= place)
        {
            WriteBare(expression);
            return;
        }

        text.Append('(');
        WriteBare(expression);
        text.Append(')');
    }

    private void WriteBare(Expression expression)
    {
        switch (expression)
        {
            case PropertyReference property:
                text.Append(Names.WriteProperty(property.Name));
                break;
            case TextLiteral literal:
                TextQuotes.WriteText(text, literal.Value);
                break;
            case IntegerLiteral integer:
                text.Append(integer.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case NumberLiteral number:
                text.Append(Numbers.WriteNumber(number.Value));
                break;
            case BooleanLiteral boolean:
                text.Append(boolean.Value ? "TRUE" : "FALSE");
                break;
            case DateLiteral date:
                text.Append("DATE('").Append(Instants.Write(date.Value)).Append("')");
                break;
            case TimestampLiteral timestamp:
                text.Append("TIMESTAMP('").Append(Instants.Write(timestamp.Ticks)).Append("')");
                break;
            case IntervalExpression interval:
                WriteInterval(interval);
                break;
            case BoxLiteral box:
                text.Append("BBOX(").AppendJoin(", ", Corners(box)).Append(')');
                break;
            case GeometryLiteral geometry:
                GeometryTextWriter.Write(text, geometry.Value);
                break;
            case ArrayExpression array:
                WriteArray(array, array.Items.Length == 1);
                break;
            case Operation operation:
                WriteOperation(operation);
                break;
            default:
                throw Mistakes.Unwritable("An open end stands outside an interval; only an interval has ends.", expression);
        }
    }

    private static IEnumerable<string> Corners(BoxLiteral box) =>
        new[] { box.West, box.South, box.East, box.North }.Select(Numbers.WriteCoordinate);

    private void WriteInterval(IntervalExpression interval)
    {
        text.Append("INTERVAL(");
        WriteIntervalEnd(interval.Start);
        text.Append(", ");
        WriteIntervalEnd(interval.End);
        text.Append(')');
    }

    private void WriteIntervalEnd(Expression end)
    {
        if (IntervalEnds.Write(end) is { } instant)
        {
            text.Append('\'').Append(instant).Append('\'');
        }
        else
        {
            WriteBare(end);
        }
    }

    /// <summary>Writes a list; a comma behind its only item tells it from a parenthesis.</summary>
    private void WriteArray(ArrayExpression array, bool comma)
    {
        text.Append('(');
        WriteList(array.Items);
        text.Append(comma ? ",)" : ")");
    }

    private void WriteList(ImmutableArray<Expression> items)
    {
        for (var index = 0; index < items.Length; index++)
        {
            text.Append(index == 0 ? "" : ", ");
            Write(items[index], Binding.Or);
        }
    }

    private void WriteOperation(Operation operation)
    {
        var arguments = operation.Arguments;
        var info = Info(operation.Operator);
        switch (info?.Name)
        {
            case null:
                WriteFunction(Names.WriteFunction(operation.Operator.ToLowerInvariant()), arguments, false);
                break;
            case Operators.And:
                WriteInfix(" AND ", arguments, Binding.Not, Binding.Not);
                break;
            case Operators.Or:
                WriteInfix(" OR ", arguments, Binding.And, Binding.And);
                break;
            case Operators.Not when Inverse(operation) is { } predicate:
                WritePredicate(predicate, " NOT");
                break;
            case Operators.Not:
                text.Append("NOT ");
                Write(arguments[0], Binding.Predicate);
                break;
            case Operators.Add or Operators.Subtract:
                WriteInfix($" {info.Name} ", arguments, Binding.Sum, Binding.Product);
                break;
            case Operators.Power:
                WriteInfix(" ^ ", arguments, Binding.Power, Binding.Operand);
                break;
            case var _ when info.Category == OperatorCategory.Arithmetic:
                WriteInfix($" {info.Name} ", arguments, Binding.Product, Binding.Power);
                break;
            case var _ when info.Category == OperatorCategory.Comparison:
                WritePredicate(operation, "");
                break;
            default:
                WriteFunction(info.Name.ToUpperInvariant(), arguments, info.Category == OperatorCategory.Array);
                break;
        }
    }

    private void WritePredicate(Operation predicate, string not)
    {
        var arguments = predicate.Arguments;
        Write(arguments[0], Binding.Sum);
        switch (Info(predicate.Operator)?.Name)
        {
            case Operators.IsNull:
                text.Append(" IS").Append(not).Append(" NULL");
                break;
            case Operators.In:
                text.Append(not).Append(" IN ");
                WriteArray((ArrayExpression)arguments[1], false);
                break;
            case Operators.Between:
                text.Append(not).Append(" BETWEEN ");
                WriteInfix(" AND ", arguments[1..], Binding.Sum, Binding.Sum);
                break;
            default:
                text.Append(not).Append(' ').Append(predicate.Operator.ToUpperInvariant()).Append(' ');
                Write(arguments[1], Binding.Sum);
                break;
        }
    }

    private void WriteInfix(string separator, ImmutableArray<Expression> parts, Binding first, Binding others)
    {
        Write(parts[0], first);
        foreach (var part in parts.AsSpan()[1..])
        {
            text.Append(separator);
            Write(part, others);
        }
    }

    private void WriteFunction(string name, ImmutableArray<Expression> arguments, bool takesArrays)
    {
        text.Append(name).Append('(');
        if (takesArrays)
        {
            WriteArrayOperand(arguments[0]);
            text.Append(", ");
            WriteArrayOperand(arguments[1]);
        }
        else
        {
            WriteList(arguments);
        }

        text.Append(')');
    }

    private void WriteArrayOperand(Expression operand)
    {
        if (operand is ArrayExpression array)
        {
            WriteArray(array, false);
        }
        else
        {
            Write(operand, Binding.Or);
        }
    }
}
