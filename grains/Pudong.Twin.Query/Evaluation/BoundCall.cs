using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Pudong.Twin.Query.Functions;

namespace Pudong.Twin.Query.Evaluation;

/// <summary>A call of a registered function.</summary>
internal sealed class BoundCall : BoundExpression
{
    private readonly Function _function;
    private readonly ImmutableArray<BoundExpression> _arguments;

    public BoundCall(Function function, ValueKind kind, ImmutableArray<BoundExpression> arguments)
        : base(kind, arguments.AsSpan())
    {
        _function = function;
        _arguments = arguments;
        var own = function.ReadsRecord ? Dependence.WholeRecord : function.ReadsMoment ? Dependence.Moment : Dependence.Nothing;
        Dependence = own > Dependence ? own : Dependence;
    }

    public override Value Evaluate(in Scope scope)
    {
        if (_arguments.Length > FewValues.Length)
        {
            return Call(new Value[_arguments.Length], scope);
        }

        // On the stack, so that a call costs no allocation.
        var few = default(FewValues);
        return Call(((Span<Value>)few)[.._arguments.Length], scope);
    }

    private Value Call(Span<Value> values, in Scope scope)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _arguments[i].Evaluate(scope);
            if (values[i].IsNull && !_function.TakesNull)
            {
                return Value.Null;
            }
        }

        return _function.Body(values, scope);
    }

    [InlineArray(Length)]
    private struct FewValues
    {
        public const int Length = 4;

        private Value _first;
    }
}
