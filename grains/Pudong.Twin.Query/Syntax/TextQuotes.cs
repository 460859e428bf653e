using System.Text;

namespace Pudong.Twin.Query.Syntax;

/// <summary>The escapes inside the quotes of CQL2 Text.</summary>
internal static class TextQuotes
{
    private const string Letters = "abtnvfr";

    private const string Controls = "\a\b\t\n\v\f\r";

    /// <summary>Undoes the escapes of a character literal.</summary>
    /// <param name="quoted">The literal with its quotes.</param>
    /// <returns>The value; a backslash before a character that is no escape stays, because LIKE reads it.</returns>
    public static string ReadText(ReadOnlySpan<char> quoted)
    {
        var inner = quoted[1..^1];
        if (!inner.ContainsAny('\\', '\''))
        {
            return inner.ToString();
        }

        var value = new StringBuilder(inner.Length);
        for (var index = 0; index < inner.Length; index++)
        {
            if (inner[index] == '\'')
            {
                index++;
                value.Append('\'');
            }
            else if (inner[index] == '\\')
            {
                index++;
                AppendEscape(value, inner[index]);
            }
            else
            {
                value.Append(inner[index]);
            }
        }

        return value.ToString();
    }

    /// <summary>Undoes the escape of a name in double quotes: two quotes are one.</summary>
    /// <param name="quoted">The name with its quotes.</param>
    public static string ReadName(ReadOnlySpan<char> quoted) =>
        quoted[1..^1].ToString().Replace("\"\"", "\"", StringComparison.Ordinal);

    /// <summary>Writes a character literal that reads back equal.</summary>
    /// <param name="text">What receives the literal, quotes included.</param>
    /// <param name="value">The value.</param>
    public static void WriteText(StringBuilder text, string value)
    {
        text.Append('\'');
        foreach (var character in value)
        {
            var control = Controls.IndexOf(character, StringComparison.Ordinal);
            switch (character)
            {
                case '\'':
                    text.Append("''");
                    break;
                case '\\':
                    text.Append(@"\\");
                    break;
                case var _ when control >= 0:
                    text.Append('\\').Append(Letters[control]);
                    break;
                default:
                    text.Append(character);
                    break;
            }
        }

        text.Append('\'');
    }

    private static void AppendEscape(StringBuilder value, char escaped)
    {
        var control = Letters.IndexOf(escaped, StringComparison.Ordinal);
        if (control >= 0)
        {
            value.Append(Controls[control]);
        }
        else if (escaped is '\'' or '\\')
        {
            value.Append(escaped);
        }
        else
        {
            value.Append('\\').Append(escaped);
        }
    }
}
