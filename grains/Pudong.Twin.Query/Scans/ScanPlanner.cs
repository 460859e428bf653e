using NetTopologySuite.Geometries;
using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Query.Scans;

/// <summary>Turns a bound predicate into block tests: kernels where there are any, evaluation of the surviving rows where not.</summary>
internal sealed class ScanPlanner
{
    private readonly TableVersion _version;
    private readonly long _nowTicks;

    private ScanPlanner(TableVersion version, long nowTicks)
    {
        _version = version;
        _nowTicks = nowTicks;
    }

    /// <summary>Plans the test that passes the rows for which a predicate is TRUE.</summary>
    public static BlockTest Plan(BoundPredicate predicate, TableVersion version, long nowTicks) =>
        new ScanPlanner(version, nowTicks).Plan(predicate, wanted: true);

    // NOT swaps what is wanted, and with it AND and OR (De Morgan holds in three-valued logic).
    private BlockTest Plan(BoundPredicate predicate, bool wanted) => predicate switch
    {
        _ when predicate.IsConstant => new ConstantTest(predicate.Decide(Constants()) == (wanted ? Truth.True : Truth.False)),
        BoundNot not => Plan(not.Operand, !wanted),
        BoundLogic logic when logic.IsAnd == wanted => new AllOfTest(logic.Parts.Select(part => Plan(part, wanted))),
        BoundLogic logic => new AnyOfTest(logic.Parts.Select(part => Plan(part, wanted))),
        _ => PlanLeaf(predicate, wanted),
    };

    private BlockTest PlanLeaf(BoundPredicate predicate, bool wanted) =>
        PlanOneColumn(predicate, wanted) ?? predicate switch
        {
            BoundIsNull { Operand: BoundProperty property } => new NullTest(property.Ordinal, wanted),
            BoundComparison comparison => PlanComparison(comparison, wanted),
            BoundBetween between => PlanBetween(between, wanted),
            BoundIn list => PlanIn(list, wanted),
            BoundSpatial spatial => PlanSpatial(spatial, wanted),
            BoundTemporal temporal => PlanTemporal(temporal, wanted),
            _ => null,
        } ?? new RowTest(predicate, wanted, _nowTicks);

    // A predicate on one column of few values is decided once for each value, whatever it does.
    private BlockTest? PlanOneColumn(BoundPredicate predicate, bool wanted)
    {
        var ordinals = new HashSet<int>();
        predicate.CollectOrdinals(ordinals);
        if (ordinals.Count != 1 || predicate.ReadsRecord)
        {
            return null;
        }

        var ordinal = ordinals.Single();
        var probe = new OneValueRecord(ordinal);
        bool Passes(Value value)
        {
            probe.Value = value;
            return predicate.Decide(new Scope(probe, _nowTicks)) == (wanted ? Truth.True : Truth.False);
        }

        if (_version.Schema[ordinal].Type == QueryableType.Boolean)
        {
            return new BooleanTest(ordinal, Passes(Value.Of(true)), Passes(Value.Of(false)), Passes(Value.Null));
        }

        return _version.Dictionary(ordinal) is { } dictionary ? PlanCodes(predicate, wanted, ordinal, dictionary, Passes) : null;
    }

    private CodeTest? PlanCodes(BoundPredicate predicate, bool wanted, int ordinal, TextDictionary dictionary, Func<Value, bool> passes)
    {
        var count = dictionary.Count;
        // With more texts than rows (a fork of a few rows, say) asking each row is less work.
        if (count > Math.Max(_version.Count, 1_024))
        {
            return null;
        }

        var accepted = new bool[count];
        if (EqualText(predicate) is { } text)
        {
            // The commonest condition of all costs no walk over the dictionary: FALSE for all texts but one.
            Array.Fill(accepted, !wanted);
            if (dictionary.TryGetCode(text, out var only) && only < count)
            {
                accepted[only] = passes(Value.Of(text));
            }

            return new CodeTest(ordinal, accepted, passes(Value.Null));
        }

        for (var code = 0; code < count; code++)
        {
            accepted[code] = passes(Value.Of(dictionary[code]));
        }

        return new CodeTest(ordinal, accepted, passes(Value.Null));
    }

    private static string? EqualText(BoundPredicate predicate) => predicate switch
    {
        BoundComparison { Comparison: Comparison.Equal, Left: BoundProperty, Right: BoundConstant right } => right.Value.Text,
        BoundComparison { Comparison: Comparison.Equal, Left: BoundConstant left, Right: BoundProperty } => left.Value.Text,
        _ => null,
    };

    private BlockTest? PlanComparison(BoundComparison comparison, bool wanted)
    {
        if (comparison is { Left: BoundProperty left, Right: BoundProperty right })
        {
            return PlanPair(left, right, comparison.Comparison, wanted);
        }

        if (comparison.Left is BoundProperty property && comparison.Right.IsConstant)
        {
            return PlanRange(property, comparison.Comparison, comparison.Right, wanted);
        }

        return comparison.Right is BoundProperty mirrored && comparison.Left.IsConstant
            ? PlanRange(mirrored, Mirror(comparison.Comparison), comparison.Left, wanted)
            : null;
    }

    private static PairTest? PlanPair(BoundProperty left, BoundProperty right, Comparison comparison, bool wanted)
    {
        var comparable = left.Type == right.Type
            && left.Type is QueryableType.Number or QueryableType.Integer or QueryableType.Date or QueryableType.Timestamp;
        if (!comparable)
        {
            return null;
        }

        var less = comparison is Comparison.Less or Comparison.LessOrEqual or Comparison.NotEqual;
        var equal = comparison is Comparison.Equal or Comparison.LessOrEqual or Comparison.GreaterOrEqual;
        var greater = comparison is Comparison.Greater or Comparison.GreaterOrEqual or Comparison.NotEqual;
        return new PairTest(left.Ordinal, right.Ordinal, less == wanted, equal == wanted, greater == wanted);
    }

    private BlockTest? PlanRange(BoundProperty property, Comparison comparison, BoundExpression constant, bool wanted) =>
        PlanRange(property, ColumnRange.For(property.Type, comparison, constant.Evaluate(Constants())), wanted);

    private static BlockTest? PlanRange(BoundProperty property, ColumnRange? range, bool wanted) => range switch
    {
        null => null,
        { IsNever: true } => new ConstantTest(false),
        { Numbers: var (low, high), Inside: var inside } when property.Type == QueryableType.Number =>
            new RangeTest<double>(property.Ordinal, low, high, inside == wanted),
        { Integers: var (low, high), Inside: var inside } => new RangeTest<long>(property.Ordinal, low, high, inside == wanted),
    };

    private BlockTest? PlanBetween(BoundBetween between, bool wanted)
    {
        if (between.Operand is not BoundProperty property || !between.Low.IsConstant || !between.High.IsConstant)
        {
            return null;
        }

        var low = PlanRange(property, Comparison.GreaterOrEqual, between.Low, wanted);
        var high = PlanRange(property, Comparison.LessOrEqual, between.High, wanted);
        if (low is null || high is null)
        {
            return null;
        }

        return wanted ? new AllOfTest([low, high]) : new AnyOfTest([low, high]);
    }

    // A short list is a few comparisons; a long one is looked up for the rows that are left.
    private BlockTest? PlanIn(BoundIn list, bool wanted)
    {
        const int ShortList = 8;
        if (list.Operand is not BoundProperty property || list.Items.Length > ShortList || !list.Items.All(item => item.IsConstant))
        {
            return null;
        }

        // NULL is in no list and outside of none, not even of the empty one.
        if (list.Items.IsEmpty)
        {
            return wanted ? new ConstantTest(false) : new NullTest(property.Ordinal, isNull: false);
        }

        var items = list.Items.Select(item => PlanRange(property, Comparison.Equal, item, wanted)).ToList();
        if (items.Contains(null))
        {
            return null;
        }

        return wanted ? new AnyOfTest(items!) : new AllOfTest(items!);
    }

    // Points that a geometry's extent excludes cannot meet it; what is left is decided exactly.
    private BlockTest? PlanSpatial(BoundSpatial spatial, bool wanted)
    {
        var property = (spatial.Left as BoundProperty) ?? (spatial.Right as BoundProperty);
        var constant = ReferenceEquals(property, spatial.Left) ? spatial.Right : spatial.Left;
        if (property is not { Type: QueryableType.Point } || !constant.IsConstant
            || constant.Evaluate(Constants()).Geometry is not { IsEmpty: false } geometry
            || MeetsWhen(spatial.Relation) != wanted)
        {
            return null;
        }

        var boxes = PlanBoxes(property.Ordinal, geometry);
        return spatial.Relation is SpatialRelation.Intersects or SpatialRelation.Disjoint && IsBoxes(geometry)
            ? boxes
            : new AllOfTest([boxes, new RowTest(spatial, wanted, _nowTicks)]);
    }

    // A box across the antimeridian is two, each far smaller than the extent of both.
    private static BlockTest PlanBoxes(int ordinal, Geometry geometry) => geometry.NumGeometries == 1
        ? new BoxTest(ordinal, geometry.EnvelopeInternal)
        : new AnyOfTest(Parts(geometry).Where(part => !part.IsEmpty).Select(part => new BoxTest(ordinal, part.EnvelopeInternal)));

    private static bool IsBoxes(Geometry geometry) => Parts(geometry).All(part => part.IsRectangle);

    private static IEnumerable<Geometry> Parts(Geometry geometry) => Enumerable.Range(0, geometry.NumGeometries).Select(geometry.GetGeometryN);

    // Which outcome implies that the two have a point in common.
    private static bool MeetsWhen(SpatialRelation relation) => relation != SpatialRelation.Disjoint;

    private RangeTest<long>? PlanTemporal(BoundTemporal temporal, bool wanted) =>
        PlanPeriod(temporal.Relation, temporal.Left, temporal.Right, wanted)
        ?? PlanPeriod(Mirror(temporal.Relation), temporal.Right, temporal.Left, wanted);

    private RangeTest<long>? PlanPeriod(TemporalRelation relation, BoundPeriod operand, BoundPeriod constant, bool wanted)
    {
        if (operand is not BoundInstant { Operand: BoundProperty property } || !constant.IsConstant || !constant.TryEvaluate(Constants(), out var period))
        {
            return null;
        }

        // A date is a whole day, so it meets the period where its number lies between those of the period's days.
        var unit = property.Type == QueryableType.Date ? TimeSpan.TicksPerDay : 1;
        var (start, end) = (period.Start / unit, period.End / unit);
        return relation switch
        {
            TemporalRelation.After => new RangeTest<long>(property.Ordinal, long.MinValue, end, !wanted),
            TemporalRelation.Before => new RangeTest<long>(property.Ordinal, start, long.MaxValue, !wanted),
            TemporalRelation.Intersects => new RangeTest<long>(property.Ordinal, start, end, wanted),
            TemporalRelation.Disjoint => new RangeTest<long>(property.Ordinal, start, end, !wanted),
            _ => null,
        };
    }

    private static TemporalRelation Mirror(TemporalRelation relation) => relation switch
    {
        TemporalRelation.After => TemporalRelation.Before,
        TemporalRelation.Before => TemporalRelation.After,
        _ => relation,
    };

    private static Comparison Mirror(Comparison comparison) => comparison switch
    {
        Comparison.Less => Comparison.Greater,
        Comparison.LessOrEqual => Comparison.GreaterOrEqual,
        Comparison.Greater => Comparison.Less,
        Comparison.GreaterOrEqual => Comparison.LessOrEqual,
        _ => comparison,
    };

    private Scope Constants() => new(NoRecord.Instance, _nowTicks);

    private sealed class NoRecord : IRecord
    {
        public static readonly NoRecord Instance = new();

        public Value this[int ordinal] => Value.Null;
    }

    private sealed class OneValueRecord(int ordinal) : IRecord
    {
        public Value Value { get; set; }

        public Value this[int wanted] => wanted == ordinal ? Value : Value.Null;
    }
}
