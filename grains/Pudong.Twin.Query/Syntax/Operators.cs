namespace Pudong.Twin.Query.Syntax;

/// <summary>The operators of CQL2, spelled as in its JSON encoding. Any other name of an <see cref="Operation"/> is a function.</summary>
public static partial class Operators
{
    /// <summary>All parts are true; two or more arguments.</summary>
    public const string And = "and";

    /// <summary>Some part is true; two or more arguments.</summary>
    public const string Or = "or";

    /// <summary>The opposite of one argument; NULL stays NULL.</summary>
    public const string Not = "not";

    /// <summary>Equal.</summary>
    public const string Equal = "=";

    /// <summary>Not equal.</summary>
    public const string NotEqual = "<>";

    /// <summary>Less than.</summary>
    public const string Less = "<";

    /// <summary>Greater than.</summary>
    public const string Greater = ">";

    /// <summary>Less than or equal.</summary>
    public const string LessOrEqual = "<=";

    /// <summary>Greater than or equal.</summary>
    public const string GreaterOrEqual = ">=";

    /// <summary>Text matches a pattern with <c>%</c>, <c>_</c> and <c>\</c>.</summary>
    public const string Like = "like";

    /// <summary>A number lies between two others, both included.</summary>
    public const string Between = "between";

    /// <summary>A value equals an item of a list; the second argument is an <see cref="ArrayExpression"/>.</summary>
    public const string In = "in";

    /// <summary>The argument is NULL; never NULL itself.</summary>
    public const string IsNull = "isNull";

    /// <summary>Full Unicode case folding of a text.</summary>
    public const string CaseInsensitive = "casei";

    /// <summary>A text without its accents.</summary>
    public const string AccentInsensitive = "accenti";

    /// <summary>Sum.</summary>
    public const string Add = "+";

    /// <summary>Difference.</summary>
    public const string Subtract = "-";

    /// <summary>Product.</summary>
    public const string Multiply = "*";

    /// <summary>Quotient, not truncated.</summary>
    public const string Divide = "/";

    /// <summary>Power.</summary>
    public const string Power = "^";

    /// <summary>Remainder.</summary>
    public const string Modulo = "%";

    /// <summary>Quotient, truncated toward zero.</summary>
    public const string IntegerDivide = "div";
}
