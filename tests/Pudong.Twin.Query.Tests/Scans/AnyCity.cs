using System.Collections.Immutable;
using CsCheck;
using NetTopologySuite.Geometries;
using Pudong.Twin.Query.Columns;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Query.Tests.Scans;

/// <summary>Generated tables with a column of every storage, many NULLs, and few enough values that conditions hit.</summary>
public static class AnyCity
{
    public static Schema Schema { get; } = new(
        new Queryable("kind", QueryableType.Text),
        new Queryable("name", QueryableType.Text) { Distinct = true },
        new Queryable("risk", QueryableType.Number),
        new Queryable("limit", QueryableType.Number),
        new Queryable("floors", QueryableType.Integer),
        new Queryable("cases", QueryableType.Integer),
        new Queryable("since", QueryableType.Date),
        new Queryable("changed", QueryableType.Timestamp),
        new Queryable("seen", QueryableType.Timestamp),
        new Queryable("open", QueryableType.Boolean),
        new Queryable("place", QueryableType.Point),
        new Queryable("shape", QueryableType.Geometry),
        new Queryable("tags", QueryableType.Array));

    public static Gen<string> Text { get; } = Gen.OneOf(
        "sensor", "Sensor", "building", "village", "Straße", "STRASSE", "Café", "cafe", "", "浦东", "a%b", "\uFFFD", "\U0001F600", "x_y", "shop");

    public static Gen<double> Number { get; } = Gen.OneOf(
        Gen.Int[-4, 4].Select(i => (double)i), Gen.OneOf(0.5, 45, 45.5, -0.0, 1e300, -1e300), Gen.Double[-100, 100]);

    public static Gen<long> Integer { get; } = Gen.OneOf(
        Gen.Long[-4, 4], Gen.OneOf(long.MaxValue, long.MinValue, (1L << 53) + 1, 1L << 53));

    public static Gen<DateOnly> Day { get; } = Gen.Int[0, 40].Select(day => new DateOnly(2021, 10, 29).AddDays(day));

    public static Gen<long> Ticks { get; } = Gen.Int[0, 40 * 24].Select(hour => new DateTime(2021, 10, 29, 0, 0, 0, DateTimeKind.Utc).AddHours(hour).Ticks);

    public static Gen<Coordinate> Place { get; } = Gen.Select(Gen.Int[0, 20], Gen.Int[0, 20], (x, y) => new Coordinate(121 + (x * 0.05), 30.8 + (y * 0.05)));

    public static Gen<Geometry> Shape { get; } = Gen.OneOf(
        Place.Select(Geometry (place) => new Point(place)),
        Gen.Select(Place, Place, Geometry (a, b) => a.Equals2D(b) ? new Point(a) : new LineString([a, b])),
        Gen.Select(Place, Gen.Int[1, 6], Geometry (corner, size) => Box(corner, size * 0.05)));

    public static Gen<ImmutableArray<Value>> Row { get; } = Gen.Select(
        Gen.Select(
            OrNull(Text.Select(Value.Of)),
            OrNull(Text.Select(Value.Of)),
            OrNull(Number.Select(Value.Of)),
            OrNull(Number.Select(Value.Of)),
            OrNull(Integer.Select(Value.Of)),
            OrNull(Integer.Select(Value.Of)),
            OrNull(Day.Select(Value.Of)),
            (kind, name, risk, limit, floors, cases, since) => ImmutableArray.Create(kind, name, risk, limit, floors, cases, since)),
        Gen.Select(
            OrNull(Ticks.Select(Value.OfTicks)),
            OrNull(Ticks.Select(Value.OfTicks)),
            OrNull(Gen.Bool.Select(Value.Of)),
            OrNull(Place.Select(place => Value.Of(new Point(place)))),
            OrNull(Shape.Select(shape => Value.Of(shape))),
            OrNull(Text.Array[0, 3].Select(texts => Value.Of([.. texts.Select(Value.Of)]))),
            (changed, seen, open, place, shape, tags) => ImmutableArray.Create(changed, seen, open, place, shape, tags)),
        (first, second) => first.AddRange(second));

    /// <summary>Rows to be split over tables of their own dictionaries, with deletions, so that blocks have holes.</summary>
    public static Gen<ImmutableArray<ImmutableArray<Value>>> Rows(int most) => Row.Array[0, most].Select(rows => rows.ToImmutableArray());

    /// <summary>Deals rows to tables by turns; the key of a row is its number.</summary>
    public static ImmutableArray<ColumnTable<long>> Tables(ImmutableArray<ImmutableArray<Value>> rows, int count)
    {
        var tables = Enumerable.Range(0, count).Select(_ => new ColumnTable<long>(Schema)).ToImmutableArray();
        for (var row = 0; row < rows.Length; row++)
        {
            var table = tables[row % count];
            Assert(table.TryInsert(row, rows[row].AsSpan()));
            Assert(table.TryInsert(-1 - row, rows[row].AsSpan()));
        }

        for (var row = 0; row < rows.Length; row++)
        {
            Assert(tables[row % count].Delete(-1 - row));
        }

        return tables;
    }

    private static void Assert(bool done)
    {
        if (!done)
        {
            throw new InvalidOperationException("The table refused a row of the test.");
        }
    }

    private static Polygon Box(Coordinate corner, double size) => new(new LinearRing(
    [
        corner, new(corner.X + size, corner.Y), new(corner.X + size, corner.Y + size), new(corner.X, corner.Y + size), corner,
    ]));

    private static Gen<Value> OrNull(Gen<Value> value) => Gen.Frequency((1, Gen.Const(Value.Null)), (4, value));
}

/// <summary>A row of a test, read by the row evaluator.</summary>
public sealed class RowRecord(ImmutableArray<Value> values) : IRecord
{
    public Value this[int ordinal] => values[ordinal];
}
