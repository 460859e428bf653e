using System.Collections.Immutable;
using System.Globalization;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Functions;
using Pudong.Twin.Query.Syntax;
using Pudong.Twin.Query.Texts;

namespace Pudong.Twin.Query.Binding;

/// <summary>Binds calls of functions.</summary>
internal sealed partial class Binder
{
    private BoundExpression BindCall(Operation call)
    {
        var name = call.Operator.ToLowerInvariant();
        if (!functions.TryGet(name, out var function))
        {
            var names = functions.All.Select(known => known.Name).Concat(Operators.All.Select(known => known.Name));
            throw Mistakes.Unknown(Cql2ErrorKind.InvalidFilter, "function", name, NearestName.Of(name, names), call.Span);
        }

        CheckCount(function, call);
        var arguments = BindArguments(function, call.Arguments, out var any);
        var kind = function.Result == ValueKind.Null ? any : function.Result;
        var bound = Fold(new BoundCall(function, kind, arguments));
        CheckForm(function, call, arguments, bound);
        return bound;
    }

    private static void CheckCount(Function function, Operation call)
    {
        var wanted = function.Parameters.Length;
        var given = call.Arguments.Length;
        if (given == wanted || (given > wanted && function.Repeats))
        {
            return;
        }

        var number = wanted.ToString(CultureInfo.InvariantCulture) + (function.Repeats ? " or more" : "");
        throw Mistakes.ExpectedOther(
            $"{number} argument{(wanted == 1 && !function.Repeats ? "" : "s")} of '{function.Name}'", given.ToString(CultureInfo.InvariantCulture), call.Span);
    }

    private ImmutableArray<BoundExpression> BindArguments(Function function, ImmutableArray<Expression> arguments, out ValueKind any)
    {
        // Parameters of any kind agree with the first one that is no text literal, so that a time may be written as text.
        var generic = arguments.Where((_, i) => KindOf(function, i) == ValueKind.Null).ToList();
        var leader = generic.Find(argument => argument is not TextLiteral) ?? generic.FirstOrDefault();
        var lead = leader is null ? null : BindValue(leader);
        any = lead?.Kind ?? ValueKind.Null;

        var bound = ImmutableArray.CreateBuilder<BoundExpression>(arguments.Length);
        for (var i = 0; i < arguments.Length; i++)
        {
            var kind = KindOf(function, i);
            // Bound once only: calls within calls would double the work at every level.
            bound.Add(ReferenceEquals(arguments[i], leader) ? lead! : BindOf(kind == ValueKind.Null ? any : kind, arguments[i]));
        }

        return bound.MoveToImmutable();
    }

    private static ValueKind KindOf(Function function, int argument) =>
        function.Parameters[Math.Min(argument, function.Parameters.Length - 1)];

    private static void CheckForm(Function function, Operation call, ImmutableArray<BoundExpression> arguments, BoundExpression bound)
    {
        var isRefused = function.Form is not null && bound is BoundConstant { Value.IsNull: true }
            && arguments.All(argument => argument is BoundConstant { Value.IsNull: false });
        if (isRefused)
        {
            throw Unexpected(function.Form!, call.Arguments[0], arguments[0]);
        }
    }
}
