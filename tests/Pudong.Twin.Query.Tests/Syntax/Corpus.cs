using Pudong.Twin.Query.Syntax;

namespace Pudong.Twin.Query.Tests.Syntax;

/// <summary>Valid expressions that use every part of the grammar, from which wrong ones are made.</summary>
internal static class Corpus
{
    /// <summary>As text.</summary>
    public static readonly string[] Texts =
    [
        "kind = 'sensor' AND risk > 45 AND town = '310115005'",
        "NOT a AND b OR c AND NOT NOT (d OR e)",
        "(NOT (a <> 1)) AND ( - (x)) >= .5 AND y <= 5. AND z < 1E-3 AND w = +7",
        "a BETWEEN 1 AND 2 AND b NOT BETWEEN c - 1 AND c + 1",
        "name LIKE 'Ch\\%\\_%' OR name NOT LIKE CASEI('a''b\\'c\\\\d\\te')",
        "x IS NULL OR y IS NOT NULL OR (a = b) IS NULL",
        "band IN ('A', 'B',\n 'C') AND code NOT IN (1) AND nothing IN ()",
        "ACCENTI(CASEI(name)) = accenti(casei('Chiș%'))",
        "建筑.层数 > 30 AND \"date\" = DATE('2021-10-29') AND a:b <> \"a \"\"b\"\"\"",
        "changed > TIMESTAMP('2026-04-16T10:13:19.5+08:00')",
        "T_DURING(INTERVAL('2020-01-01', '..'), INTERVAL(start, TIMESTAMP('2021-01-01T00:00:00Z')))",
        "t_finishedby(interval('..','..'), INTERVAL(a, now()))",
        "1 + 2 * 3 ^ 2 / 4 - -5 % 6 div 7 = -x ^ -(y + 1)",
        "S_INTERSECTS(geometry, POINT(121.5 31.2)) AND S_WITHIN(POINT Z (1 2 3), POINTZ(1 2 3))",
        "S_CROSSES(LINESTRING(0 0, 1 1, 2 0 5), geom)",
        "S_CONTAINS(POLYGON((0 0,10 0,10 10,0 10,0 0),(2 2,4 2,4 4,2 4,2 2)), geom)",
        "S_DISJOINT(MULTIPOINT(1 2, 3 4), MULTIPOINT((1 2),(3 4)))",
        "S_TOUCHES(MULTILINESTRING((0 0, 1 1),(2 2, 3 3)), MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5))))",
        "S_EQUALS(GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(0 0,1 1)), BBOX(150, -90, -150, 90))",
        "S_OVERLAPS(BBOX(-180,-90,0,180,90,100), geom)",
        "A_CONTAINS(tags, ('a', TRUE, 1)) AND A_OVERLAPS((1), (1,)) AND A_EQUALS((), values)",
        "risk_at(now(), duration('PT1H')) > avg(a, b, c) OR flag = TRUE OR FALSE",
        "coalesce(upper(name), lower('X'), \"null\"()) = (1, (2,), ())",
        "9223372036854775807 = -9223372036854775808 OR x = 99999999999999999999.5e280",
    ];

    /// <summary>The same as JSON.</summary>
    public static readonly string[] Jsons = [.. Texts.Select(text => Cql2Json.Write(Cql2Text.Parse(text))), .. OnlyJson()];

    /// <summary>The words, signs and literals of the texts, and some that are wrong.</summary>
    public static readonly string[] TextTokens =
    [
        "AND", "or", "Not", "LIKE", "between", "IN", "IS", "NULL", "TRUE", "false", "div", "DATE", "TIMESTAMP", "INTERVAL", "BBOX", "POINT", "POINTZ", "Z",
        "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION", "CASEI", "ACCENTI", "S_INTERSECTS", "T_AFTER", "A_CONTAINS",
        "risk", "建筑.层数", "\"quoted\"", "\"\"", "f(", "(", ")", "()", ",", ",)", "=", "<>", "<", ">", "<=", ">=", "+", "-", "*", "/", "%", "^", "!", "@", "\\", "{", ";",
        "0", "1", "-5", ".5", "5.", "1E-3", "1e999", "181", "-91", "0 0", "1 1", "10 0", "0 0, 10 0, 10 10, 0 0", "9223372036854775808", "1e", "1.2.3",
        "'text'", "''", "'a''b'", "'\\'", "'", "\"", "'2021-10-29'", "'2021-02-30'", "'2021-10-29T08:00:00Z'", "'..'", "\0", "\u00A0", "\r\n", "\n", "\r", "\uD800", "\uDC00", "😀",
    ];

    /// <summary>The tokens of the JSON, and some that are wrong.</summary>
    public static readonly string[] JsonTokens =
    [
        "{", "}", "[", "]", ",", ":", "{\"op\":", "\"args\":[", "\"op\"", "\"args\"", "\"property\":\"risk\"", "{\"property\":\"a\"}", "\"and\"", "\"in\"", "\"isNull\"", "\"NOT\"", "\"f\"", "\"\"",
        "{\"date\":\"2021-10-29\"}", "\"date\":", "\"timestamp\":", "\"2021-10-29T08:00:00Z\"", "{\"interval\":[\"..\",\"2021-10-29\"]}", "\"interval\":", "\"..\"",
        "{\"bbox\":[1,2,3,4]}", "\"bbox\":", "\"type\":\"Point\"", "\"type\":", "\"coordinates\":", "\"coordinates\":[1,2]", "\"geometries\":", "\"GeometryCollection\"", "\"Polygon\"",
        "[0,0]", "[181,0]", "[0,-91]", "[[0,0],[1,0],[1,1],[0,0]]", "0", "-1", "1.5", "1e999", "01", "-", "true", "false", "null", "nul", "\"\\ud800\"", "\"\\u0000\"", "\"\\x\"", "\"", "\\",
        " ", "\n", "\r", "\t", "/*", "//", "\uFEFF", "\uD800", "😀", "\0",
    ];

    private static string[] OnlyJson() =>
    [
        """{"args":[{"coordinates":[[0,0],[1,1]],"type":"LineString"},{"bbox":[0,0,1,1],"type":"Point","coordinates":[1,1,9]}],"op":"S_Intersects"}""",
        """ { "op" : "in" , "args" : [ { "property" : "a" } , [ 1 ] ] } """,
        """{"type":"GeometryCollection","geometries":[{"type":"MultiPoint","coordinates":[[0,0]]},{"type":"Point","coordinates":[1,2]}]}""",
    ];
}
