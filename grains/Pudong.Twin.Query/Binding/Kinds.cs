using System.Globalization;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Syntax;

namespace Pudong.Twin.Query.Binding;

/// <summary>Names of kinds and of expressions, for errors.</summary>
internal static class Kinds
{
    /// <summary>A kind with its article.</summary>
    public static string Name(ValueKind kind) => kind switch
    {
        ValueKind.Boolean => "a condition",
        ValueKind.Integer or ValueKind.Number => "a number",
        ValueKind.Text => "a text",
        ValueKind.Date => "a date",
        ValueKind.Timestamp => "a timestamp",
        ValueKind.Geometry => "a geometry",
        ValueKind.Array => "a list",
        ValueKind.Duration => "a duration",
        _ => "an interval",
    };

    /// <summary>Whether two values of a kind are equal, less or greater.</summary>
    public static bool HaveOrder(ValueKind kind) =>
        kind is ValueKind.Boolean or ValueKind.Number or ValueKind.Text or ValueKind.Date or ValueKind.Timestamp or ValueKind.Duration;

    /// <summary>What stands in the source, as an error names it.</summary>
    public static string Describe(Expression expression, ValueKind kind) => expression switch
    {
        PropertyReference property => $"property '{Mistakes.Shorten(property.Name)}', {Name(kind)}",
        TextLiteral text => $"the text '{Mistakes.Shorten(text.Value)}'",
        IntegerLiteral integer => string.Create(CultureInfo.InvariantCulture, $"the number {integer.Value}"),
        NumberLiteral number => $"the number {Numbers.WriteNumber(number.Value)}",
        BooleanLiteral boolean => boolean.Value ? "TRUE" : "FALSE",
        Operation operation => $"'{Mistakes.Shorten(operation.Operator)}', {Name(kind)}",
        _ => Name(kind),
    };
}
