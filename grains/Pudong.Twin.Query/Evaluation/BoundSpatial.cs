using System.Collections.Concurrent;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.RelateNG;

namespace Pudong.Twin.Query.Evaluation;

/// <summary>How two geometries lie to each other, with the meaning of OGC Simple Features.</summary>
internal enum SpatialRelation : byte
{
    Contains,
    Crosses,
    Disjoint,
    Equals,
    Intersects,
    Overlaps,
    Touches,
    Within,
}

/// <summary>A spatial predicate: planar on longitude and latitude, exact.</summary>
/// <remarks>
/// RelateNG takes every geometry as it is: collections as the union of their parts, and stored rings that are not valid without a fault.
/// A constant geometry is indexed once; the index belongs to one thread at a time, so a few of them are kept.
/// </remarks>
internal sealed class BoundSpatial : BoundPredicate
{
    private readonly ConcurrentBag<RelateNG> _prepared = [];
    private readonly Geometry? _constant;
    private readonly SpatialRelation _ofConstant;

    public BoundSpatial(SpatialRelation relation, BoundExpression left, BoundExpression right)
        : base(left, right)
    {
        Relation = relation;
        Left = left;
        Right = right;
        _constant = ((left as BoundConstant) ?? (right as BoundConstant))?.Value.Geometry;
        _ofConstant = left is BoundConstant ? relation : Converse(relation);
    }

    public SpatialRelation Relation { get; }

    public BoundExpression Left { get; }

    public BoundExpression Right { get; }

    public override Truth Decide(in Scope scope)
    {
        var left = Left.Evaluate(scope).Geometry;
        var right = Right.Evaluate(scope).Geometry;
        if (left is null || right is null)
        {
            return Truth.Unknown;
        }

        if (!left.EnvelopeInternal.Intersects(right.EnvelopeInternal))
        {
            return Of(Relation == SpatialRelation.Disjoint);
        }

        return Of(_constant is null
            ? RelateNG.Relate(left, right, PredicateOf(Relation))
            : RelateConstant(ReferenceEquals(_constant, left) ? right : left));
    }

    private bool RelateConstant(Geometry other)
    {
        if (!_prepared.TryTake(out var prepared))
        {
            prepared = RelateNG.Prepare(_constant);
        }

        var holds = prepared.Evaluate(other, PredicateOf(_ofConstant));
        _prepared.Add(prepared);
        return holds;
    }

    private static SpatialRelation Converse(SpatialRelation relation) => relation switch
    {
        SpatialRelation.Contains => SpatialRelation.Within,
        SpatialRelation.Within => SpatialRelation.Contains,
        _ => relation,
    };

    private static TopologyPredicate PredicateOf(SpatialRelation relation) => relation switch
    {
        SpatialRelation.Contains => RelatePredicate.Contains(),
        SpatialRelation.Crosses => RelatePredicate.Crosses(),
        SpatialRelation.Disjoint => RelatePredicate.Disjoint(),
        SpatialRelation.Equals => RelatePredicate.EqualsTopologically(),
        SpatialRelation.Intersects => RelatePredicate.Intersects(),
        SpatialRelation.Overlaps => RelatePredicate.Overlaps(),
        SpatialRelation.Touches => RelatePredicate.Touches(),
        _ => RelatePredicate.Within(),
    };
}
