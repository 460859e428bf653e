using System.Collections.Immutable;
using NetTopologySuite.Geometries;

namespace Pudong.Twin.Query.Syntax;

/// <summary>A node of a CQL2 expression (OGC 21-065r2): what both encodings, text and JSON, are read into and written from.</summary>
/// <remarks>
/// Trees are immutable and compare by structure. There are few node types: everything that takes arguments is an
/// <see cref="Operation"/>, so that a new function needs no new node.
/// </remarks>
public abstract record Expression
{
    /// <summary>Where the expression stands in its source.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>Seals the set of nodes to this assembly, so that a reader of the tree can know all of them.</summary>
    private protected Expression()
    {
    }
}

/// <summary>The value of a queryable: <c>risk</c>, <c>"date"</c>, <c>建筑.层数</c>.</summary>
/// <param name="Name">The exact name, without quotes.</param>
public sealed record PropertyReference(string Name) : Expression;

/// <summary>A character literal.</summary>
/// <param name="Value">
/// The text after the escapes of the encoding are undone. A backslash before <c>%</c>, <c>_</c> or another character that
/// is no escape stays in the value, because LIKE reads it.
/// </param>
public sealed record TextLiteral(string Value) : Expression;

/// <summary>A number without fraction and exponent that fits 64 bits.</summary>
/// <param name="Value">The number; a sign before it belongs to it.</param>
public sealed record IntegerLiteral(long Value) : Expression;

/// <summary>Any other number.</summary>
/// <param name="Value">The nearest double; always finite.</param>
public sealed record NumberLiteral(double Value) : Expression;

/// <summary><c>TRUE</c> or <c>FALSE</c>.</summary>
/// <param name="Value">The truth value.</param>
public sealed record BooleanLiteral(bool Value) : Expression;

/// <summary><c>DATE('2021-10-29')</c>: a whole UTC day.</summary>
/// <param name="Value">The day.</param>
public sealed record DateLiteral(DateOnly Value) : Expression;

/// <summary><c>TIMESTAMP('2021-10-29T08:00:00Z')</c>: an instant.</summary>
/// <param name="Ticks">UTC, in ticks of 100 ns as <see cref="DateTime.Ticks"/> counts them.</param>
public sealed record TimestampLiteral(long Ticks) : Expression;

/// <summary>An end of an interval that is not bounded: <c>'..'</c>.</summary>
public sealed record OpenEnd : Expression;

/// <summary><c>INTERVAL(start, end)</c>, closed at both ends.</summary>
/// <param name="Start">A date or timestamp literal, an <see cref="OpenEnd"/>, a property or a function.</param>
/// <param name="End">As <paramref name="Start"/>.</param>
public sealed record IntervalExpression(Expression Start, Expression End) : Expression;

/// <summary>A geometry written as WKT or GeoJSON, longitude before latitude (CRS84).</summary>
/// <param name="Value">A valid geometry within ±180 and ±90; heights are dropped. Do not change it.</param>
public sealed record GeometryLiteral(Geometry Value) : Expression
{
    /// <summary>True for a geometry of the same type with the same coordinates in the same order.</summary>
    /// <param name="other">The literal to compare with.</param>
    public bool Equals(GeometryLiteral? other) => other is not null && Value.EqualsExact(other.Value);

    /// <summary>A hash of the geometry's extent.</summary>
    public override int GetHashCode() => Value.EnvelopeInternal.GetHashCode();
}

/// <summary><c>BBOX(west, south, east, north)</c>; west greater than east crosses the antimeridian and means two boxes.</summary>
/// <param name="West">Longitude, −180 to 180.</param>
/// <param name="South">Latitude, −90 to 90, at most <paramref name="North"/>.</param>
/// <param name="East">Longitude, −180 to 180.</param>
/// <param name="North">Latitude, −90 to 90.</param>
public sealed record BoxLiteral(double West, double South, double East, double North) : Expression;

/// <summary>A list in parentheses: an operand of an array function, or the list of <c>IN</c>.</summary>
/// <param name="Items">The items, in order; may be empty.</param>
public sealed record ArrayExpression(ImmutableArray<Expression> Items) : Expression
{
    /// <summary>True for equal items in the same order.</summary>
    /// <param name="other">The array to compare with.</param>
    public bool Equals(ArrayExpression? other) => other is not null && Items.SequenceEqual(other.Items);

    /// <summary>A hash of the number of items.</summary>
    public override int GetHashCode() => Items.Length;
}

/// <summary>An operator or function with its arguments, as the node <c>{"op": …, "args": […]}</c> of CQL2 JSON.</summary>
/// <remarks>
/// <c>x NOT LIKE y</c> is <c>not(like(x, y))</c>, <c>IS NOT NULL</c> is <c>not(isNull(x))</c>, <c>x IN (…)</c> is
/// <c>in(x, array)</c>, <c>−x</c> is <c>*(−1, x)</c>. Chains of AND and of OR are one operation with all their parts.
/// </remarks>
/// <param name="Operator">The name as CQL2 JSON writes it (<see cref="Operators"/>), or a function's name in lower case.</param>
/// <param name="Arguments">The arguments, in order.</param>
public sealed record Operation(string Operator, ImmutableArray<Expression> Arguments) : Expression
{
    /// <summary>True for the same operator and equal arguments in the same order.</summary>
    /// <param name="other">The operation to compare with.</param>
    public bool Equals(Operation? other) =>
        other is not null && Operator == other.Operator && Arguments.SequenceEqual(other.Arguments);

    /// <summary>A hash of the operator and the number of arguments.</summary>
    public override int GetHashCode() => HashCode.Combine(Operator, Arguments.Length);
}
