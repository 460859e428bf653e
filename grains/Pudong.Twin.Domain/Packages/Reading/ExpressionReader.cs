using Pudong.Twin.Domain.Packages.Yaml;
using Pudong.Twin.Query.Evaluation;
using Pudong.Twin.Query.Schemas;
using Pudong.Twin.Query.Syntax;

namespace Pudong.Twin.Domain.Packages.Reading;

/// <summary>Reads and binds the CQL2 expressions of a package; errors point into the YAML file.</summary>
internal static class ExpressionReader
{
    /// <summary>Reads an expression without looking its names up.</summary>
    /// <param name="scalar">Where it stands; null reads nothing.</param>
    /// <param name="what">What it is, such as <c>'when' of rule 'x'</c>.</param>
    /// <param name="errors">Where mistakes go.</param>
    public static Expression? Read(YamlScalar? scalar, string what, PackageErrors errors) =>
        scalar is null ? null : Try(scalar, what, errors, () => Cql2Text.Parse(scalar.Value));

    /// <summary>Binds a condition to a schema.</summary>
    public static Filter? Condition(YamlScalar scalar, Expression expression, Schema schema, string what, PackageErrors errors) =>
        Try(scalar, what, errors, () => Filter.Bind(expression, schema));

    /// <summary>Binds an expression to a schema.</summary>
    public static Formula? Formula(YamlScalar scalar, Expression expression, Schema schema, string what, PackageErrors errors) =>
        Try(scalar, what, errors, () => Query.Evaluation.Formula.Bind(expression, schema));

    private static T? Try<T>(YamlScalar scalar, string what, PackageErrors errors, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Cql2Exception mistake)
        {
            var place = scalar.Place.Source.PlaceOf(scalar, mistake.Error.Span.Start);
            errors.Add(place, $"The {what} does not hold: {WithoutPlace(mistake.Error)}");
            return null;
        }
    }

    // The place within the expression would only confuse beside the place in the file.
    private static string WithoutPlace(Cql2Error error) =>
        error.Message.Replace(FormattableString.Invariant($" at {error.Span.Line}:{error.Span.Column}"), "", StringComparison.Ordinal);
}
