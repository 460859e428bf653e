using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using NetTopologySuite.Geometries;

namespace Pudong.Twin.Query.Syntax;

/// <summary>Checks a tree before it is written, so that what is written can be read again and half a filter never is.</summary>
internal static class Writable
{
    /// <summary>Checks a tree.</summary>
    /// <param name="expression">The tree, perhaps built by hand.</param>
    /// <exception cref="Cql2Exception">A node has no form in text or JSON.</exception>
    public static void Check(Expression expression) => TreeWalk.Visit(expression, TreeWalk.GreatestDepth, CheckNode);

    private static void CheckNode(Expression node)
    {
        switch (node)
        {
            case PropertyReference property:
                CheckName(property.Name, "property", node);
                break;
            case TextLiteral text:
                CheckText(text.Value, node);
                break;
            case NumberLiteral number:
                Require(double.IsFinite(number.Value), "A number is infinite or none; only a finite one can be written.", node);
                break;
            case TimestampLiteral timestamp:
                Require(
                    timestamp.Ticks >= DateTime.MinValue.Ticks && timestamp.Ticks <= DateTime.MaxValue.Ticks,
                    "A timestamp is out of range; those of the years 1 to 9999 can be written.",
                    node);
                break;
            case BoxLiteral box:
                CheckBox(box);
                break;
            case GeometryLiteral geometry:
                CheckGeometry(geometry);
                break;
            case Operation operation:
                CheckOperation(operation);
                break;
            case ArrayExpression array:
                CheckChildren(array.Items, node);
                break;
            case IntervalExpression interval:
                Require(
                    interval.Start is not null && interval.End is not null && Operations.IsIntervalEnd(interval.Start) && Operations.IsIntervalEnd(interval.End),
                    "An end of an interval is a date, a timestamp, open, a property or a function.",
                    node);
                break;
            case BooleanLiteral or IntegerLiteral or DateLiteral or OpenEnd:
                break;
            default:
                throw Mistakes.Unwritable("A node of the tree is null; every argument and item is an expression.", null);
        }
    }

    private static void CheckOperation(Operation operation)
    {
        CheckName(operation.Operator, "operator", operation);
        CheckChildren(operation.Arguments, operation);
        if (!Operators.TryGet(operation.Operator, out var info))
        {
            return;
        }

        var count = operation.Arguments.Length;
        if (count < info.MinArguments || count > info.MaxArguments)
        {
            throw Mistakes.Unwritable($"An operation has the wrong number of arguments; expected {Operations.ArgumentsOf(info)}.", operation);
        }

        Require(
            info.Name != Operators.In || operation.Arguments[1] is ArrayExpression,
            "The second argument of 'in' is not a list; it has to be one.",
            operation);
    }

    private static void CheckChildren(ImmutableArray<Expression> children, Expression node)
    {
        Require(!children.IsDefault, "A list of arguments or items is missing; an empty one can be written.", node);
        var open = children.FirstOrDefault(child => child is OpenEnd);
        Require(open is null, "An open end stands outside an interval; only an interval has ends.", open ?? node);
    }

    private static void CheckName(string? name, string kind, Expression node)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw Mistakes.Unwritable($"A {kind} has no name; it needs one of at least one character.", node);
        }

        CheckText(name, node);
    }

    private static void CheckText(string? text, Expression node) =>
        Require(text is not null && WellFormed.Is(text), "A text is null or holds a lone surrogate; only well-formed Unicode can be written.", node);

    private static void CheckBox(BoxLiteral box) =>
        Require(
            GeometryAssembler.IsLongitude(box.West) && GeometryAssembler.IsLongitude(box.East) &&
            GeometryAssembler.IsLatitude(box.South) && GeometryAssembler.IsLatitude(box.North) && box.South <= box.North,
            "A box is out of range; longitudes go to 180, latitudes to 90 and south to north.",
            box);

    private static void CheckGeometry(GeometryLiteral literal)
    {
        Require(literal.Value is not null, "A geometry is null; it needs at least one position.", literal);
        var extent = literal.Value.EnvelopeInternal;
        Require(
            IsWritable(literal.Value, true) && GeometryAssembler.IsLongitude(extent.MinX) && GeometryAssembler.IsLongitude(extent.MaxX) &&
            GeometryAssembler.IsLatitude(extent.MinY) && GeometryAssembler.IsLatitude(extent.MaxY) &&
            !literal.Value.Coordinates.Any(position => double.IsNaN(position.X) || double.IsNaN(position.Y)),
            "A geometry is empty, nested or out of range; its parts need positions within 180 and 90 degrees.",
            literal);
    }

    private static bool IsWritable(Geometry geometry, bool mayCollect) => geometry switch
    {
        { IsEmpty: true } => false,
        Point or LineString or Polygon => true,
        MultiPoint or MultiLineString or MultiPolygon => Parts(geometry).All(part => !part.IsEmpty),
        GeometryCollection => mayCollect && Parts(geometry).All(part => IsWritable(part, false)),
        _ => false,
    };

    private static IEnumerable<Geometry> Parts(Geometry geometry) =>
        Enumerable.Range(0, geometry.NumGeometries).Select(geometry.GetGeometryN);

    private static void Require([DoesNotReturnIf(false)] bool holds, string message, Expression node)
    {
        if (!holds)
        {
            throw Mistakes.Unwritable(message, node);
        }
    }
}
