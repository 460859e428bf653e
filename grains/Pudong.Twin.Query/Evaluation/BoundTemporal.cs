namespace Pudong.Twin.Query.Evaluation;

/// <summary>How two periods lie to each other: Allen's relations, and what is made of them.</summary>
internal enum TemporalRelation : byte
{
    After,
    Before,
    Contains,
    Disjoint,
    During,
    Equals,
    FinishedBy,
    Finishes,
    Intersects,
    Meets,
    MetBy,
    OverlappedBy,
    Overlaps,
    StartedBy,
    Starts,
}

/// <summary>A temporal predicate on two periods, closed at both ends.</summary>
internal sealed class BoundTemporal(TemporalRelation relation, BoundPeriod left, BoundPeriod right) : BoundPredicate(left, right)
{
    public TemporalRelation Relation { get; } = relation;

    public BoundPeriod Left { get; } = left;

    public BoundPeriod Right { get; } = right;

    public override Truth Decide(in Scope scope) =>
        Left.TryEvaluate(scope, out var a) && Right.TryEvaluate(scope, out var b) ? Of(Holds(a, b)) : Truth.Unknown;

    private bool Holds(Period a, Period b) => Relation switch
    {
        TemporalRelation.After => a.Start > b.End,
        TemporalRelation.Before => a.End < b.Start,
        TemporalRelation.Contains => a.Start < b.Start && a.End > b.End,
        TemporalRelation.Disjoint => a.End < b.Start || a.Start > b.End,
        TemporalRelation.During => a.Start > b.Start && a.End < b.End,
        TemporalRelation.Equals => a == b,
        TemporalRelation.FinishedBy => a.Start < b.Start && a.End == b.End,
        TemporalRelation.Finishes => a.Start > b.Start && a.End == b.End,
        TemporalRelation.Intersects => a.Start <= b.End && a.End >= b.Start,
        TemporalRelation.Meets => a.End == b.Start,
        TemporalRelation.MetBy => a.Start == b.End,
        TemporalRelation.OverlappedBy => a.Start > b.Start && a.Start < b.End && a.End > b.End,
        TemporalRelation.Overlaps => a.Start < b.Start && a.End > b.Start && a.End < b.End,
        TemporalRelation.StartedBy => a.Start == b.Start && a.End > b.End,
        _ => a.Start == b.Start && a.End < b.End,
    };
}
