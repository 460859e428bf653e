using Pudong.Twin.Query.Syntax;
using Xunit;

namespace Pudong.Twin.Query.Tests.Syntax;

/// <summary>What a program who sends wrong JSON is told, and where.</summary>
public sealed class WrongJsonTests
{
    /// <summary>Wrong JSON, the sentence that answers it, and the part of the source it is about.</summary>
    public static TheoryData<string, string, string> Rows => new()
    {
        { "", "Expected well-formed JSON at 1:1, found the end.", "" },
        { "{", "Expected well-formed JSON at 1:2, found the end.", "" },
        { "{}", "Expected 'op', 'property', 'date', 'timestamp', 'interval', 'bbox' or 'type' at 1:2, found '}'.", "}" },
        { "[1,", "Expected well-formed JSON at 1:3, found ','.", "," },
        { """{"op":"and"}""", "Expected 'args' at 1:12, found '}'.", "}" },
        { """{"args":[true,false]}""", "Expected 'op' at 1:21, found '}'.", "}" },
        { """{"op":"and","args":[true]}""", "Expected 2 or more arguments of 'and' at 1:1, found 1.", """{"op":"and","args":[true]}""" },
        { """{"op":"not","args":[true,false]}""", "Expected 1 argument of 'not' at 1:1, found 2.", """{"op":"not","args":[true,false]}""" },
        { """{"op":"","args":[]}""", """Expected the name of an operator or function at 1:7, found '""'.""", "\"\"" },
        { """{"op":1,"args":[]}""", "Expected the name of an operator or function at 1:7, found '1'.", "1" },
        { """{"op":"f","args":{}}""", "Expected a list at 1:18, found '{'.", "{" },
        { """{"op":"f","args":[],"op":"g"}""", """Expected '}' at 1:21, found '"op"'.""", "\"op\"" },
        { """{"op":"f","args":[],"more":1}""", """Expected '}' at 1:21, found '"more"'.""", "\"more\"" },
        { """{"op":"f","args":[null]}""", "Expected an expression at 1:19, found 'null'.", "null" },
        { """{"op":"in","args":[1,2]}""", "Expected a list as second argument of 'in' at 1:22, found no list.", "2" },
        { "null", "Expected an expression at 1:1, found 'null'.", "null" },
        { """{"foo":1}""", """Expected 'op', 'property', 'date', 'timestamp', 'interval', 'bbox' or 'type' at 1:2, found '"foo"'.""", "\"foo\"" },
        { """{"property":""}""", """Expected the name of a property at 1:13, found '""'.""", "\"\"" },
        { """{"property":1}""", "Expected the name of a property at 1:13, found '1'.", "1" },
        { """{"property":"a","x":1}""", """Expected '}' at 1:17, found '"x"'.""", "\"x\"" },
        { """{"property":"\ud800"}""", "Expected well-formed Unicode at 1:13, found a lone surrogate.", "\"\\ud800\"" },
        { "\"\\udc00\"", "Expected well-formed Unicode at 1:1, found a lone surrogate.", "\"\\udc00\"" },
        { """{"date":"2021-02-30"}""", """Expected a date such as '2026-04-16' at 1:9, found '"2021-02-30"'.""", "\"2021-02-30\"" },
        { """{"date":20210230}""", "Expected a date such as '2026-04-16' at 1:9, found '20210230'.", "20210230" },
        { """{"timestamp":"2021-10-29"}""", """Expected a timestamp such as '2026-04-16T10:13:19Z' at 1:14, found '"2021-10-29"'.""", "\"2021-10-29\"" },
        { """{"interval":"x"}""", """Expected a list of two ends at 1:13, found '"x"'.""", "\"x\"" },
        { """{"interval":["2021-01-01"]}""", "Expected a date, a timestamp, '..', a property or a function at 1:26, found ']'.", "]" },
        { """{"interval":["2021-01-01","..",".."]}""", """Expected ']' at 1:32, found '".."'.""", "\"..\"" },
        { """{"interval":["yesterday",".."]}""", """Expected a date, a timestamp or '..' at 1:14, found '"yesterday"'.""", "\"yesterday\"" },
        { """{"interval":[1,2]}""", "Expected a date, a timestamp, '..', a property or a function at 1:14, found '1'.", "1" },
        { """{"interval":[{"op":"casei","args":["a"]},".."]}""", "Expected a date, a timestamp, '..', a property or a function at 1:14, found another expression.", """{"op":"casei","args":["a"]}""" },
        { """{"bbox":[1,2,3]}""", "Expected a box of 4 or 6 numbers at 1:1, found 3.", """{"bbox":[1,2,3]}""" },
        { """{"bbox":[1,2,3,4,5,6,7]}""", "Expected ']' at 1:22, found '7'.", "7" },
        { """{"bbox":["1",2,3,4]}""", """Expected a number at 1:10, found '"1"'.""", "\"1\"" },
        { """{"bbox":[200,2,3,4]}""", "Expected a longitude from -180 to 180 at 1:10, found '200'.", "200" },
        { """{"bbox":[0,10,1,5]}""", "Expected a north of at least 10 at 1:17, found '5'.", "5" },
        { """{"bbox":{}}""", "Expected a list of 4 or 6 numbers at 1:9, found '{'.", "{" },
        { """{"type":"Point"}""", "Expected 'coordinates' at 1:16, found '}'.", "}" },
        { """{"type":"Circle","coordinates":[1,2]}""", """Expected a type of geometry such as 'Point' at 1:9, found '"Circle"'.""", "\"Circle\"" },
        { """{"coordinates":[1,2]}""", "Expected 'type' at 1:21, found '}'.", "}" },
        { """{"type":"Point","coordinates":[181,2]}""", "Expected a longitude from -180 to 180 at 1:32, found '181'.", "181" },
        { """{"type":"Point","coordinates":[1,-91]}""", "Expected a latitude from -90 to 90 at 1:34, found '-91'.", "-91" },
        { """{"type":"Point","coordinates":[1]}""", "Expected a latitude from -90 to 90 at 1:33, found ']'.", "]" },
        { """{"type":"Point","coordinates":["1",2]}""", """Expected a longitude from -180 to 180 at 1:32, found '"1"'.""", "\"1\"" },
        { """{"type":"Point","coordinates":[1,2,3,4]}""", "Expected ']' at 1:38, found '4'.", "4" },
        { """{"type":"Point","coordinates":[]}""", "Expected a longitude from -180 to 180 at 1:32, found ']'.", "]" },
        { """{"type":"Point","coordinates":[[1,2]]}""", "Expected a longitude from -180 to 180 at 1:32, found '['.", "[" },
        { """{"type":"Point","geometries":[]}""", """Expected 'coordinates' at 1:17, found '"geometries"'.""", "\"geometries\"" },
        { """{"type":"GeometryCollection","coordinates":[]}""", """Expected 'geometries' at 1:30, found '"coordinates"'.""", "\"coordinates\"" },
        { """{"type":"MultiPoint","coordinates":[]}""", "Expected a position at 1:37, found ']'.", "]" },
        { """{"type":"LineString","coordinates":[[1,2]]}""", "Expected a line of 2 or more positions at 1:36, found 1.", "[[1,2]]" },
        { """{"coordinates":[[0,0],[1,0],[300,1],[0,0]],"type":"LineString"}""", "Expected a longitude from -180 to 180 at 1:30, found '300'.", "300" },
        { """{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}""", "Expected a ring of 4 or more positions at 1:34, found 3.", "[[0,0],[1,0],[1,1]]" },
        { """{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}""", "Expected a ring that ends where it starts at 1:34, found its end at 0 1.", "[[0,0],[1,0],[1,1],[0,1]]" },
        { """{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}""", "Expected a valid geometry at 1:1, found a boundary that crosses itself at 0.5 0.5.", """{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}""" },
        { """{"type":"GeometryCollection","geometries":[{"type":"GeometryCollection","geometries":[]}]}""", """Expected a geometry that is no collection at 1:52, found '"GeometryCollection"'.""", "\"GeometryCollection\"" },
        { """{"type":"GeometryCollection","geometries":[1]}""", "Expected a geometry at 1:44, found '1'.", "1" },
        { """{"type":"GeometryCollection","geometries":[{}]}""", "Expected 'type' at 1:45, found '}'.", "}" },
        { "1e999", "Expected a number that fits a double at 1:1, found '1e999'.", "1e999" },
        { "01", "Expected well-formed JSON at 1:2, found '1'.", "1" },
        { "-", "Expected well-formed JSON at 1:2, found the end.", "" },
        { "true false", "Expected well-formed JSON at 1:6, found 'false'.", "false" },
        { "{\"op\":\"f\",\n \"args\":[\n  nul]}", "Expected well-formed JSON at 3:6, found ']'.", "]" },
        { """{"op":"=","args":[{"property":"建筑"},"😀",]}""", "Expected well-formed JSON at 1:42, found ']'.", "]" },
        { """{"op":"=" "args":[]}""", """Expected well-formed JSON at 1:11, found '"args'.""", "\"args" },
        { "'text'", "Expected well-formed JSON at 1:1, found ''text''.", "'text'" },
        { """{"property":"a\""", "Expected well-formed JSON at 1:16, found the end.", "" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Parse_WrongJson_SaysWhatAndWhere(string source, string message, string place) =>
        Refusal.Check(() => Cql2Json.Parse(source), Cql2ErrorKind.InvalidFilter, message, source, place);
}
