using System.Collections.Immutable;

namespace Pudong.Twin.Query.Syntax;

/// <summary>Reads arithmetic, lists, properties and functions.</summary>
internal sealed partial class TextParser
{
    private const string Value = "a value";

    /// <summary>The parenthesis around one expression that was closed last: an array function takes it for a list.</summary>
    private (int Start, int End) _group = (-1, -1);

    private Expression ReadSum()
    {
        var start = _current.Span;
        var left = ReadProduct();
        while (IsSymbol('+') || IsSymbol('-'))
        {
            var name = CurrentText().ToString();
            Advance();
            left = Build(name, [left, ReadProduct()], start);
        }

        return left;
    }

    private Expression ReadProduct()
    {
        var start = _current.Span;
        var left = ReadPower();
        while (IsSymbol('*') || IsSymbol('/') || IsSymbol('%') || IsKeyword("DIV"))
        {
            var name = CurrentText().ToString();
            Advance();
            left = Build(name, [left, ReadPower()], start);
        }

        return left;
    }

    private Expression ReadPower()
    {
        var start = _current.Span;
        var left = ReadFactor();
        while (TrySymbol('^'))
        {
            left = Build(Operators.Power, [left, ReadFactor()], start);
        }

        return left;
    }

    /// <summary>Reads an operand with its signs: they bind tighter than a power, as in the standard's grammar.</summary>
    private Expression ReadFactor()
    {
        var signs = new Stack<SourceSpan>();
        while (IsSymbol('-'))
        {
            signs.Push(_current.Span);
            Advance();
        }

        var factor = ReadOperand(signs);
        while (signs.TryPop(out var start))
        {
            factor = Build(Operators.Multiply, [new IntegerLiteral(-1) { Span = start }, factor], start);
        }

        return factor;
    }

    private Expression ReadOperand(Stack<SourceSpan> signs)
    {
        if (_current.Kind == TokenKind.Number)
        {
            // The sign belongs to the number, or the least 64-bit integer could not be written.
            return signs.TryPop(out var minus) ? ReadNumber('-', minus) : ReadNumber('+', _current.Span);
        }

        var plus = _current.Span;
        if (TrySymbol('+'))
        {
            return _current.Kind == TokenKind.Number ? ReadNumber('+', plus) : throw Unexpected("a number");
        }

        return ReadPrimary();
    }

    private Expression ReadNumber(char sign, SourceSpan start)
    {
        var digits = CurrentText();
        Advance();
        return sign == '-' ? Numbers.Read($"-{digits}", From(start)) : Numbers.Read(digits, From(start));
    }

    private Expression ReadPrimary()
    {
        var start = _current.Span;
        switch (_current.Kind)
        {
            case TokenKind.Text:
                var text = TextQuotes.ReadText(CurrentText());
                Advance();
                return new TextLiteral(text) { Span = start };
            case TokenKind.QuotedName:
                return ReadQuoted(start);
            case TokenKind.Name:
                return ReadNamed(start);
            case TokenKind.Symbol when IsSymbol('('):
                return ReadParenthesis(start);
            default:
                throw Unexpected(Value);
        }
    }

    private Expression ReadQuoted(SourceSpan start)
    {
        var name = TextQuotes.ReadName(CurrentText());
        if (name.Length == 0)
        {
            throw Unexpected("a name of at least one character");
        }

        Advance();
        return IsSymbol('(') ? ReadFunction(name, start) : new PropertyReference(name) { Span = start };
    }

    private Expression ReadNamed(SourceSpan start)
    {
        var name = CurrentText().ToString();
        if (Names.IsKeyword(name))
        {
            return ReadBoolean(start);
        }

        Advance();
        if (Names.IsLiteral(name) && (IsSymbol('(') || IsKeyword("Z")))
        {
            return ReadLiteral(name.ToUpperInvariant(), start);
        }

        return IsSymbol('(') ? ReadFunction(name, start) : new PropertyReference(name) { Span = start };
    }

    private BooleanLiteral ReadBoolean(SourceSpan start)
    {
        var truth = IsKeyword("TRUE");
        if (!truth && !IsKeyword("FALSE"))
        {
            throw Unexpected(Value);
        }

        Advance();
        return new BooleanLiteral(truth) { Span = start };
    }

    private Operation ReadFunction(string name, SourceSpan start)
    {
        Operators.TryGet(name.ToLowerInvariant(), out var info);
        if (info?.Category is OperatorCategory.Logic or OperatorCategory.Comparison or OperatorCategory.Arithmetic)
        {
            throw Mistakes.Expected("a function", _text.AsSpan(start.Start, start.Length), start);
        }

        Enter();
        Advance();
        var arguments = ImmutableArray.CreateBuilder<Expression>();
        while (!IsSymbol(')') || arguments.Count > 0)
        {
            CheckItems(arguments.Count);
            arguments.Add(info?.Category == OperatorCategory.Array ? ReadArrayOperand() : ReadCondition());
            if (!TrySymbol(','))
            {
                break;
            }
        }

        Close("an operator, ',' or ')'");
        return Build(name, arguments.ToImmutable(), start);
    }

    /// <summary>Reads an operand that is a list even where its parenthesis holds only one item.</summary>
    private Expression ReadArrayOperand()
    {
        var start = _current.Span;
        var operand = ReadCondition();
        return _group == (start.Start, _previous.End) ? new ArrayExpression([operand]) { Span = From(start) } : operand;
    }

    /// <summary>Reads <c>()</c>, <c>(expression)</c>, <c>(item,)</c> or <c>(item, item)</c>.</summary>
    private Expression ReadParenthesis(SourceSpan start)
    {
        Enter();
        Advance();
        var items = ImmutableArray.CreateBuilder<Expression>();
        var list = IsSymbol(')');
        while (!IsSymbol(')'))
        {
            CheckItems(items.Count);
            items.Add(ReadCondition());
            if (!TrySymbol(','))
            {
                break;
            }

            // A comma behind the only item makes a list of it; behind another item it asks for one more.
            if (items.Count > 1 && IsSymbol(')'))
            {
                throw Unexpected(Value);
            }

            list = true;
        }

        Close("an operator, ',' or ')'");
        if (list)
        {
            return new ArrayExpression(items.ToImmutable()) { Span = From(start) };
        }

        _group = (start.Start, _previous.End);
        return items[0];
    }

    /// <summary>Reads the list of IN, where one item in parentheses is a list as well.</summary>
    private ArrayExpression ReadList()
    {
        var start = _current.Span;
        if (!IsSymbol('('))
        {
            throw Unexpected("'('");
        }

        var items = ReadParenthesis(start);
        return _group == (start.Start, _previous.End) ? new ArrayExpression([items]) { Span = From(start) } : (ArrayExpression)items;
    }

    private void Close(string expected)
    {
        if (!TrySymbol(')'))
        {
            throw Unexpected(expected);
        }

        _depth--;
    }
}
