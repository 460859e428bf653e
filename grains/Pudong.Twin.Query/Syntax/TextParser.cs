using System.Collections.Immutable;

namespace Pudong.Twin.Query.Syntax;

/// <summary>Reads CQL2 Text by recursive descent; this part reads conditions, from OR down to comparisons.</summary>
/// <remarks>
/// One grammar serves conditions, arithmetic and lists, as the same parenthesis may open each of them. Whether the types
/// fit is for the binder to say.
/// </remarks>
internal sealed partial class TextParser
{
    private readonly string _text;
    private readonly Cql2Limits _limits;
    private readonly TextLexer _lexer;
    private Token _current;
    private SourceSpan _previous;
    private int _depth;
    private int _vertices;

    /// <summary>Begins to read.</summary>
    /// <param name="text">The text, without lone surrogates.</param>
    /// <param name="limits">How large the expression may be.</param>
    public TextParser(string text, Cql2Limits limits)
    {
        _text = text;
        _limits = limits;
        _lexer = new TextLexer(text);
        _current = _lexer.Next();
    }

    /// <summary>Reads the whole text.</summary>
    /// <exception cref="Cql2Exception">The text is no expression or exceeds a limit.</exception>
    public Expression ReadAll()
    {
        var expression = ReadCondition();
        if (_current.Kind != TokenKind.End)
        {
            throw Unexpected("an operator or the end");
        }

        return expression;
    }

    private Expression ReadCondition() => ReadChain(Operators.Or, "OR", () => ReadChain(Operators.And, "AND", ReadNegation));

    private Expression ReadChain(string name, string keyword, Func<Expression> readPart)
    {
        var start = _current.Span;
        var first = readPart();
        if (!IsKeyword(keyword))
        {
            return first;
        }

        var parts = ImmutableArray.CreateBuilder<Expression>();
        parts.Add(first);
        while (TryKeyword(keyword))
        {
            CheckItems(parts.Count);
            parts.Add(readPart());
        }

        return Build(name, parts.ToImmutable(), start);
    }

    private Expression ReadNegation()
    {
        // A loop, so that a long row of NOTs costs no stack.
        var negations = new Stack<SourceSpan>();
        while (IsKeyword("NOT"))
        {
            negations.Push(_current.Span);
            Advance();
        }

        var condition = ReadPredicate();
        while (negations.TryPop(out var start))
        {
            condition = Build(Operators.Not, [condition], start);
        }

        return condition;
    }

    private Expression ReadPredicate()
    {
        var start = _current.Span;
        var condition = ReadComparison(ReadSum(), start);
        while (TryKeyword("IS"))
        {
            var negated = TryKeyword("NOT");
            ExpectKeyword("NULL");
            condition = Negate(negated, Build(Operators.IsNull, [condition], start), start);
        }

        return condition;
    }

    private Expression ReadComparison(Expression left, SourceSpan start)
    {
        if (_current.Kind == TokenKind.Symbol && CurrentText() is "=" or "<>" or "<" or ">" or "<=" or ">=")
        {
            var name = CurrentText().ToString();
            Advance();
            return Build(name, [left, ReadSum()], start);
        }

        var negated = TryKeyword("NOT");
        if (TryKeyword("LIKE"))
        {
            return Negate(negated, Build(Operators.Like, [left, ReadSum()], start), start);
        }

        if (TryKeyword("BETWEEN"))
        {
            var low = ReadSum();
            ExpectKeyword("AND");
            return Negate(negated, Build(Operators.Between, [left, low, ReadSum()], start), start);
        }

        if (TryKeyword("IN"))
        {
            return Negate(negated, Build(Operators.In, [left, ReadList()], start), start);
        }

        return negated ? throw Unexpected("LIKE, BETWEEN or IN") : left;
    }

    private Expression Negate(bool negated, Expression condition, SourceSpan start) =>
        negated ? Build(Operators.Not, [condition], start) : condition;

    private Operation Build(string name, ImmutableArray<Expression> arguments, SourceSpan start) =>
        Operations.Create(name, arguments, From(start), _limits);

    /// <summary>The span from a token to the one read last.</summary>
    private SourceSpan From(SourceSpan start) => start with { Length = _previous.End - start.Start };

    private void Enter()
    {
        if (++_depth > _limits.Depth)
        {
            throw Mistakes.TooDeep(_limits.Depth, _current.Span);
        }
    }

    private void CheckItems(int count)
    {
        if (count >= _limits.ListItems)
        {
            throw Mistakes.TooManyItems(_limits.ListItems, _current.Span);
        }
    }

    private void Advance()
    {
        _previous = _current.Span;
        _current = _lexer.Next();
    }

    private ReadOnlySpan<char> CurrentText() => _text.AsSpan(_current.Span.Start, _current.Span.Length);

    private bool IsSymbol(char symbol) => _current.Kind == TokenKind.Symbol && _current.Span.Length == 1 && _text[_current.Span.Start] == symbol;

    private bool TrySymbol(char symbol)
    {
        var found = IsSymbol(symbol);
        if (found)
        {
            Advance();
        }

        return found;
    }

    private void ExpectSymbol(char symbol)
    {
        if (!TrySymbol(symbol))
        {
            throw Unexpected($"'{symbol}'");
        }
    }

    private bool IsKeyword(string keyword) =>
        _current.Kind == TokenKind.Name && CurrentText().Equals(keyword, StringComparison.OrdinalIgnoreCase);

    private bool TryKeyword(string keyword)
    {
        var found = IsKeyword(keyword);
        if (found)
        {
            Advance();
        }

        return found;
    }

    private void ExpectKeyword(string keyword)
    {
        if (!TryKeyword(keyword))
        {
            throw Unexpected(keyword);
        }
    }

    private Cql2Exception Unexpected(string expected) => Mistakes.Expected(expected, CurrentText(), _current.Span);
}
