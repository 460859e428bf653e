using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using NetTopologySuite.Geometries;
using Pudong.Twin.Query.Syntax;
using Xunit;

namespace Pudong.Twin.Query.Tests.Syntax;

/// <summary>Trees built by hand that no reader would produce: they are refused before a character is written.</summary>
public sealed class UnwritableTests
{
    private static readonly Expression A = new PropertyReference("a");

    /// <summary>A tree and the sentence that refuses it.</summary>
    public static TheoryData<string, string> Rows => new(Trees.Select(row => (row.Key, row.Value.Message)));

    private static Dictionary<string, (Expression Tree, string Message)> Trees => new()
    {
        ["an infinite number"] = (new NumberLiteral(double.PositiveInfinity), "A number is infinite or none; only a finite one can be written."),
        ["no number"] = (new NumberLiteral(double.NaN), "A number is infinite or none; only a finite one can be written."),
        ["a lone surrogate"] = (new TextLiteral("\uD800"), "A text is null or holds a lone surrogate; only well-formed Unicode can be written."),
        ["a name of nothing"] = (new PropertyReference(""), "A property has no name; it needs one of at least one character."),
        ["a timestamp before the calendar"] = (new TimestampLiteral(-1), "A timestamp is out of range; those of the years 1 to 9999 can be written."),
        ["an open end alone"] = (new Operation(Operators.Equal, [A, new OpenEnd()]), "An open end stands outside an interval; only an interval has ends."),
        ["a number as an end"] = (new IntervalExpression(new IntegerLiteral(1), new OpenEnd()), "An end of an interval is a date, a timestamp, open, a property or a function."),
        ["a box upside down"] = (new BoxLiteral(0, 2, 1, 1), "A box is out of range; longitudes go to 180, latitudes to 90 and south to north."),
        ["a point off the world"] = (new GeometryLiteral(new Point(181, 0)), "A geometry is empty, nested or out of range; its parts need positions within 180 and 90 degrees."),
        ["a point of nothing"] = (new GeometryLiteral(Point.Empty), "A geometry is empty, nested or out of range; its parts need positions within 180 and 90 degrees."),
        ["a missing argument"] = (new Operation("f", [null!]), "A node of the tree is null; every argument and item is an expression."),
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Write_ATreeThatCannotBeRead_IsRefused(string name, string message)
    {
        var tree = Trees[name].Tree;

        Assert.Equal(message, Assert.Throws<Cql2Exception>(() => Cql2Text.Write(tree)).Message);
        Assert.Equal(message, Assert.Throws<Cql2Exception>(() => Cql2Json.Write(tree)).Message);
    }

    [Fact]
    public void Write_OperationsOfWrongShape_AreRefused() =>
        Assert.All(
            new Operation[] { new(Operators.And, [A]), new(Operators.Not, [A, A]), new(Operators.In, [A, A]), new(Operators.Between, [A]), new("", [A]), new("f", default) },
            operation => Assert.Throws<Cql2Exception>(() => Cql2Text.Write(operation)));

    [Fact]
    public void Write_ATreeDeeperThanAnyReaderTakes_IsRefused()
    {
        var tree = Enumerable.Range(0, 100_000).Aggregate(A, (inner, _) => new Operation(Operators.Not, [inner]));

        var message = Assert.Throws<Cql2Exception>(() => Cql2Json.Write(tree)).Message;

        Assert.Equal("A filter may be nested 256 levels deep; another level starts.", message);
    }

    [Fact]
    public void WriteJson_IntoWhatTheCallerBegan_WritesNothingWhenItFails()
    {
        using var stream = new MemoryStream();
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartArray();
        Cql2Json.Write(json, A);

        Assert.Throws<Cql2Exception>(() => Cql2Json.Write(json, new Operation(Operators.Equal, [A, new NumberLiteral(double.NaN)])));

        json.WriteEndArray();
        json.Flush();
        Assert.Equal("""[{"property":"a"}]""", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void Write_OperatorsInAnyCase_AreWrittenAsTheStandardSpellsThem()
    {
        var tree = new Operation("ISNULL", ImmutableArray.Create<Expression>(new Operation("UPPER", [A])));

        Assert.Equal("upper(a) IS NULL", Cql2Text.Write(tree));
        Assert.Equal("""{"op":"isNull","args":[{"op":"upper","args":[{"property":"a"}]}]}""", Cql2Json.Write(tree));
    }
}
