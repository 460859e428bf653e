using System.Text;

namespace Pudong.Twin.Query.Syntax;

/// <summary>Reads and writes CQL2 Text.</summary>
/// <remarks>
/// Two forms go beyond the standard, so that every tree of CQL2 JSON has a text: <c>""</c> inside a quoted name is a
/// quote, quoted names may be functions; and <c>(item,)</c> is a list of one item where <c>(item)</c> would be the item.
/// </remarks>
public static class Cql2Text
{
    /// <summary>Reads an expression.</summary>
    /// <param name="text">CQL2 Text.</param>
    /// <param name="limits">How large it may be; <see cref="Cql2Limits.Default"/> when null.</param>
    /// <returns>The tree. Names are not looked up and types not checked: that is the binder's part.</returns>
    /// <exception cref="Cql2Exception">The text is no expression or exceeds a limit.</exception>
    public static Expression Parse(string text, Cql2Limits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        limits ??= Cql2Limits.Default;
        if (text.Length > limits.TextLength)
        {
            throw Mistakes.TooLong(text.Length, limits.TextLength);
        }

        WellFormed.Check(text);
        var expression = new TextParser(text, limits).ReadAll();
        TreeWalk.Visit(expression, limits.Depth);
        return expression;
    }

    /// <summary>Writes an expression with as few parentheses as it needs.</summary>
    /// <param name="expression">The tree.</param>
    /// <returns>Text that reads back as an equal tree.</returns>
    /// <exception cref="Cql2Exception">The tree was built by hand and has no text, for instance a number that is not finite.</exception>
    public static string Write(Expression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        Writable.Check(expression);
        var text = new StringBuilder();
        new ExpressionTextWriter(text).Write(expression);
        return text.ToString();
    }
}
