using System.Collections.Immutable;

namespace Pudong.Twin.Query.Evaluation;

/// <summary><c>NOT</c>: NULL stays NULL.</summary>
internal sealed class BoundNot(BoundPredicate operand) : BoundPredicate(operand)
{
    /// <summary>What is negated.</summary>
    public BoundPredicate Operand { get; } = operand;

    public override Truth Decide(in Scope scope) => Truth.True - (byte)Operand.Decide(scope);
}

/// <summary><c>AND</c> is the least of the truths, <c>OR</c> the greatest; what decides ends the evaluation.</summary>
internal sealed class BoundLogic(ImmutableArray<BoundPredicate> parts, bool isAnd) : BoundPredicate([.. parts])
{
    /// <summary>The parts, in the order in which they were written.</summary>
    public ImmutableArray<BoundPredicate> Parts { get; } = parts;

    /// <summary>True for <c>AND</c>, false for <c>OR</c>.</summary>
    public bool IsAnd { get; } = isAnd;

    public override Truth Decide(in Scope scope)
    {
        var decisive = IsAnd ? Truth.False : Truth.True;
        var truth = IsAnd ? Truth.True : Truth.False;
        foreach (var part in Parts)
        {
            var own = part.Decide(scope);
            if (own == decisive)
            {
                return own;
            }

            truth = own == Truth.Unknown ? own : truth;
        }

        return truth;
    }
}

/// <summary><c>IS NULL</c>, the only predicate that is never NULL.</summary>
internal sealed class BoundIsNull(BoundExpression operand) : BoundPredicate(operand)
{
    /// <summary>What is asked about.</summary>
    public BoundExpression Operand { get; } = operand;

    public override Truth Decide(in Scope scope) => Of(Operand.Evaluate(scope).IsNull);
}
