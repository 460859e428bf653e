using Pudong.Twin.Query.Syntax;
using Xunit;

namespace Pudong.Twin.Query.Tests.Syntax;

/// <summary>The traps of the grammar, one a row: a text and the JSON that says the same.</summary>
public sealed class GrammarTests
{
    /// <summary>Texts and their JSON.</summary>
    public static TheoryData<string, string> Rows => new()
    {
        // Keywords and functions in any case, names exact; NOT before AND before OR, and chains are flat.
        { "a and b Or not c", """{"op":"or","args":[{"op":"and","args":[{"property":"a"},{"property":"b"}]},{"op":"not","args":[{"property":"c"}]}]}""" },
        { "Risk = risk", """{"op":"=","args":[{"property":"Risk"},{"property":"risk"}]}""" },
        { "NOT a AND b OR c", """{"op":"or","args":[{"op":"and","args":[{"op":"not","args":[{"property":"a"}]},{"property":"b"}]},{"property":"c"}]}""" },
        { "NOT NOT a", """{"op":"not","args":[{"op":"not","args":[{"property":"a"}]}]}""" },
        { "NOT a = b", """{"op":"not","args":[{"op":"=","args":[{"property":"a"},{"property":"b"}]}]}""" },
        { "a AND b AND c OR d OR e", """{"op":"or","args":[{"op":"and","args":[{"property":"a"},{"property":"b"},{"property":"c"}]},{"property":"d"},{"property":"e"}]}""" },
        { "a AND (b AND c)", """{"op":"and","args":[{"property":"a"},{"property":"b"},{"property":"c"}]}""" },
        { "a OR (b OR c) AND d", """{"op":"or","args":[{"property":"a"},{"op":"and","args":[{"op":"or","args":[{"property":"b"},{"property":"c"}]},{"property":"d"}]}]}""" },

        // The AND of BETWEEN is its own.
        { "a BETWEEN 1 AND 2 AND b", """{"op":"and","args":[{"op":"between","args":[{"property":"a"},1,2]},{"property":"b"}]}""" },
        { "a NOT BETWEEN -1 AND b + 1 OR c", """{"op":"or","args":[{"op":"not","args":[{"op":"between","args":[{"property":"a"},-1,{"op":"+","args":[{"property":"b"},1]}]}]},{"property":"c"}]}""" },

        // A parenthesis opens a condition, arithmetic or a list; a comma behind one item makes it a list.
        { "(a = 1) AND ((b) + (2)) > (3)", """{"op":"and","args":[{"op":"=","args":[{"property":"a"},1]},{"op":">","args":[{"op":"+","args":[{"property":"b"},2]},3]}]}""" },
        { "x = (1)", """{"op":"=","args":[{"property":"x"},1]}""" },
        { "A_EQUALS(tags, ())", """{"op":"a_equals","args":[{"property":"tags"},[]]}""" },
        { "A_EQUALS((1), (1, 2))", """{"op":"a_equals","args":[[1],[1,2]]}""" },
        { "x IN ((1))", """{"op":"in","args":[{"property":"x"},[1]]}""" },
        { "x IN (a, 'b', 3)", """{"op":"in","args":[{"property":"x"},[{"property":"a"},"b",3]]}""" },
        { "x IN (1)", """{"op":"in","args":[{"property":"x"},[1]]}""" },
        { "x IN ()", """{"op":"in","args":[{"property":"x"},[]]}""" },
        { "x = (1,)", """{"op":"=","args":[{"property":"x"},[1]]}""" },

        // A sign belongs to its number, else it is a product with -1; powers before products before sums, from left to right.
        { "-x", """{"op":"*","args":[-1,{"property":"x"}]}""" },
        { "- 5", "-5" },
        { "-(a + b) = -f(x)", """{"op":"=","args":[{"op":"*","args":[-1,{"op":"+","args":[{"property":"a"},{"property":"b"}]}]},{"op":"*","args":[-1,{"op":"f","args":[{"property":"x"}]}]}]}""" },
        { "- -5", """{"op":"*","args":[-1,-5]}""" },
        { "-2 ^ 2", """{"op":"^","args":[-2,2]}""" },
        { "2 ^ 3 ^ 2", """{"op":"^","args":[{"op":"^","args":[2,3]},2]}""" },
        { "1 + 2 * 3 ^ 4", """{"op":"+","args":[1,{"op":"*","args":[2,{"op":"^","args":[3,4]}]}]}""" },
        { "1 - 2 - 3 = 8 / 4 / 2", """{"op":"=","args":[{"op":"-","args":[{"op":"-","args":[1,2]},3]},{"op":"/","args":[{"op":"/","args":[8,4]},2]}]}""" },
        { "7 div 2 % 3", """{"op":"%","args":[{"op":"div","args":[7,2]},3]}""" },

        // Numbers without a digit on one side of the point, with exponent, with plus, and beyond 64 bits.
        { "a = +7", """{"op":"=","args":[{"property":"a"},7]}""" },
        { ".5 = 5.", """{"op":"=","args":[0.5,5.0]}""" },
        { "1E-3 = 1e3", """{"op":"=","args":[0.001,1000.0]}""" },
        { "9223372036854775807 = -9223372036854775808", """{"op":"=","args":[9223372036854775807,-9223372036854775808]}""" },
        { "9223372036854775808", "9.223372036854776E+18" },

        // Names in quotes, of other scripts, with ':' and '.'; words that mean something only before a parenthesis.
        { "\"quoted name\" = \"a\"\"b\"", """{"op":"=","args":[{"property":"quoted name"},{"property":"a\"b"}]}""" },
        { "\"and\" = \"date\"", """{"op":"=","args":[{"property":"and"},{"property":"date"}]}""" },
        { "建筑.层数 > 30", """{"op":">","args":[{"property":"建筑.层数"},30]}""" },
        { "a:b.c = :x", """{"op":"=","args":[{"property":"a:b.c"},{"property":":x"}]}""" },
        { "date = DATE('2021-10-29')", """{"op":"=","args":[{"property":"date"},{"date":"2021-10-29"}]}""" },
        { "point = POINT(1 2)", """{"op":"=","args":[{"property":"point"},{"type":"Point","coordinates":[1,2]}]}""" },

        // Functions, also those named like a keyword.
        { "f() = g(1, 'x')", """{"op":"=","args":[{"op":"f","args":[]},{"op":"g","args":[1,"x"]}]}""" },
        { "UPPER(Name) = 'X'", """{"op":"=","args":[{"op":"upper","args":[{"property":"Name"}]},"X"]}""" },
        { "\"Null\"() = 1", """{"op":"=","args":[{"op":"null","args":[]},1]}""" },

        // Quotes and escapes; other backslashes stay for LIKE.
        { """'it''s' = 'it\'s'""", """{"op":"=","args":["it's","it's"]}""" },
        { """a = 'back\\slash'""", """{"op":"=","args":[{"property":"a"},"back\\slash"]}""" },
        { """a = '\a\b\t\n\v\f\r'""", """{"op":"=","args":[{"property":"a"},"\u0007\b\t\n\u000B\f\r"]}""" },
        { """a LIKE '10\%\_%'""", """{"op":"like","args":[{"property":"a"},"10\\%\\_%"]}""" },
        { "NOT a LIKE 'b' AND c NOT LIKE 'd'", """{"op":"and","args":[{"op":"not","args":[{"op":"like","args":[{"property":"a"},"b"]}]},{"op":"not","args":[{"op":"like","args":[{"property":"c"},"d"]}]}]}""" },
        { "CASEI(a) LIKE casei('B%')", """{"op":"like","args":[{"op":"casei","args":[{"property":"a"}]},{"op":"casei","args":["B%"]}]}""" },
        { "AccentI(CaseI(a)) = 'x'", """{"op":"=","args":[{"op":"accenti","args":[{"op":"casei","args":[{"property":"a"}]}]},"x"]}""" },

        // IS NULL and truth.
        { "a IS NULL AND b is not null", """{"op":"and","args":[{"op":"isNull","args":[{"property":"a"}]},{"op":"not","args":[{"op":"isNull","args":[{"property":"b"}]}]}]}""" },
        { "(a = 1) IS NULL", """{"op":"isNull","args":[{"op":"=","args":[{"property":"a"},1]}]}""" },
        { "a = 1 IS NULL", """{"op":"isNull","args":[{"op":"=","args":[{"property":"a"},1]}]}""" },
        { "a = TRUE AND b = false", """{"op":"and","args":[{"op":"=","args":[{"property":"a"},true]},{"op":"=","args":[{"property":"b"},false]}]}""" },
        { "TRUE", "true" },

        // Times are UTC, the ends of intervals bare.
        { "t > TIMESTAMP('2026-04-16T10:13:19.000Z')", """{"op":">","args":[{"property":"t"},{"timestamp":"2026-04-16T10:13:19Z"}]}""" },
        { "t > timestamp('2026-04-16T18:13:19+08:00')", """{"op":">","args":[{"property":"t"},{"timestamp":"2026-04-16T10:13:19Z"}]}""" },
        { "T_AFTER(t, INTERVAL('2021-01-01', '..'))", """{"op":"t_after","args":[{"property":"t"},{"interval":["2021-01-01",".."]}]}""" },
        { "t_FINISHEDby(INTERVAL(a, now()), INTERVAL('..', TIMESTAMP('2021-01-01T00:00:00Z')))", """{"op":"t_finishedBy","args":[{"interval":[{"property":"a"},{"op":"now","args":[]}]},{"interval":["..","2021-01-01T00:00:00Z"]}]}""" },

        // Geometries with and without Z, points of many with and without parentheses, heights dropped.
        { "S_INTERSECTS(geometry, POINT(121.5 31.2))", """{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Point","coordinates":[121.5,31.2]}]}""" },
        { "S_Within(POINT Z(1 2 3), POINTZ(1 2 3))", """{"op":"s_within","args":[{"type":"Point","coordinates":[1,2]},{"type":"Point","coordinates":[1,2]}]}""" },
        { "s_within(POINT(1 2 3), LINESTRING(0 0 5, 1 1 6))", """{"op":"s_within","args":[{"type":"Point","coordinates":[1,2]},{"type":"LineString","coordinates":[[0,0],[1,1]]}]}""" },
        { "g = MULTIPOINT(1 2, 3 4)", """{"op":"=","args":[{"property":"g"},{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}]}""" },
        { "g = MULTIPOINT((1 2),(3 4))", """{"op":"=","args":[{"property":"g"},{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}]}""" },
        { "g = POLYGON((0 0,9 0,9 9,0 0),(5 2,6 2,6 3,5 2))", """{"op":"=","args":[{"property":"g"},{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,0]],[[5,2],[6,2],[6,3],[5,2]]]}]}""" },
        { "g = MULTILINESTRING((0 0,1 1),(2 2,3 3))", """{"op":"=","args":[{"property":"g"},{"type":"MultiLineString","coordinates":[[[0,0],[1,1]],[[2,2],[3,3]]]}]}""" },
        { "g = MULTIPOLYGON(((0 0,1 0,1 1,0 0)))", """{"op":"=","args":[{"property":"g"},{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}]}""" },
        { "g = GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))", """{"op":"=","args":[{"property":"g"},{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"LineString","coordinates":[[0,0],[1,1]]}]}]}""" },
        { "g = BBOX(150, -90, -150, 90)", """{"op":"=","args":[{"property":"g"},{"bbox":[150,-90,-150,90]}]}""" },
        { "g = bbox(0,1,-5,2,3,+5)", """{"op":"=","args":[{"property":"g"},{"bbox":[0,1,2,3]}]}""" },

        // Tokens need no space between them where none is needed; what desktop programs send.
        { "a=1AND b=2", """{"op":"and","args":[{"op":"=","args":[{"property":"a"},1]},{"op":"=","args":[{"property":"b"},2]}]}""" },
        { "a<>-1", """{"op":"<>","args":[{"property":"a"},-1]}""" },
        { "(NOT (a = 1))", """{"op":"not","args":[{"op":"=","args":[{"property":"a"},1]}]}""" },
        { "f((1, 2), (a AND b))", """{"op":"f","args":[[1,2],{"op":"and","args":[{"property":"a"},{"property":"b"}]}]}""" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Parse_ATrapOfTheGrammar_SaysTheSameAsItsJson(string text, string json)
    {
        var tree = Cql2Text.Parse(text);

        Assert.Equal(json, Cql2Json.Write(tree));
        Assert.Equal(tree, Cql2Json.Parse(json));
        Assert.Equal(tree, Cql2Text.Parse(Cql2Text.Write(tree)));
    }

    [Theory]
    [InlineData("((a)) AND ((b OR (c)))", "a AND (b OR c)")]
    [InlineData("NOT (a IS NULL) AND NOT (b LIKE 'x')", "a IS NOT NULL AND b NOT LIKE 'x'")]
    [InlineData("(1 + 2) * 3 - (4 - 5)", "(1 + 2) * 3 - (4 - 5)")]
    [InlineData("((1 * 2) + 3) ^ 2", "(1 * 2 + 3) ^ 2")]
    [InlineData("casei(\"a\") = S_Within(b, point z (1 2 3))", "CASEI(a) = S_WITHIN(b, POINT(1 2))")]
    [InlineData("\"Date\" = Date('2021-10-29')", "\"Date\" = DATE('2021-10-29')")]
    public void Write_WhatWasWrittenAtLength_NeedsFewParentheses(string text, string shortest) =>
        Assert.Equal(shortest, Cql2Text.Write(Cql2Text.Parse(text)));

    [Theory]
    [InlineData("""{"op":"AND","args":[true,false]}""", "TRUE AND FALSE")]
    [InlineData("""{"args":[{"property":"a"}],"op":"ISNULL"}""", "a IS NULL")]
    [InlineData("""{"op":"T_FINISHEDBY","args":[{"interval":["..",".."]},{"property":"b"}]}""", "T_FINISHEDBY(INTERVAL('..', '..'), b)")]
    [InlineData("""{"op":"not","args":[{"op":"in","args":[{"property":"a"},[1]]}]}""", "a NOT IN (1)")]
    [InlineData("""{"op":"and","args":[true,{"op":"and","args":[false,true]}]}""", "TRUE AND FALSE AND TRUE")]
    [InlineData("""{"bbox":[0,0,9,1,1,9],"coordinates":[1,2,3],"type":"Point"}""", "POINT(1 2)")]
    [InlineData("""{"bbox":[0,0,9,1,1,9]}""", "BBOX(0, 0, 1, 1)")]
    public void ParseJson_InAnyCaseAndOrder_SaysTheSameAsItsText(string json, string text) =>
        Assert.Equal(text, Cql2Text.Write(Cql2Json.Parse(json)));
}
