using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>Types in the words of the package format.</summary>
internal static class TypeNames
{
    public static string Of(QueryableType type) => type switch
    {
        QueryableType.Text => "text",
        QueryableType.Number => "number",
        QueryableType.Integer => "integer",
        QueryableType.Boolean => "boolean",
        QueryableType.Date => "date",
        QueryableType.Timestamp => "time",
        QueryableType.Point => "point",
        QueryableType.Geometry => "geometry",
        _ => "list",
    };

    public static string Of(ValueKind kind) => kind switch
    {
        ValueKind.Text => "text",
        ValueKind.Number or ValueKind.Integer => "number",
        ValueKind.Boolean => "boolean",
        ValueKind.Date => "date",
        ValueKind.Timestamp => "time",
        ValueKind.Geometry => "geometry",
        ValueKind.Array => "list",
        _ => "nothing",
    };
}
