using Pudong.Twin.Query.Schemas;

namespace Pudong.Twin.Query.Scans.Aggregates;

/// <summary>Finds what is wrong with a query before any row is read.</summary>
internal static class AggregateChecks
{
    /// <summary>Checks a query against the schema of its tables.</summary>
    /// <exception cref="QueryException">Something is wrong.</exception>
    public static void Check(AggregateQuery query, Schema schema, ScanOptions options)
    {
        if (query.Aggregates.IsDefaultOrEmpty)
        {
            throw new QueryException("The query asks for no aggregate; name at least one, such as count.");
        }

        if (query.GroupBy.Length > 2)
        {
            throw new QueryException($"The query groups by {query.GroupBy.Length} columns; at most two are possible.");
        }

        foreach (var key in query.GroupBy)
        {
            CheckKey(key, schema);
        }

        foreach (var aggregate in query.Aggregates)
        {
            CheckAggregate(aggregate, schema, options);
        }
    }

    private static void CheckKey(GroupKey key, Schema schema)
    {
        var type = schema.Find(key.Property).Type;
        if (type is QueryableType.Geometry or QueryableType.Point or QueryableType.Array)
        {
            throw new QueryException($"Rows cannot be grouped by '{key.Property}', which is of type {type}; group by a text, number, boolean or time.");
        }

        var timed = key.Unit == GroupUnit.Value || type == QueryableType.Timestamp || (type == QueryableType.Date && key.Unit != GroupUnit.Hour);
        if (!timed)
        {
            throw new QueryException($"Rows cannot be grouped by the {key.Unit} of '{key.Property}', which is of type {type}; a timestamp is needed.");
        }
    }

    private static void CheckAggregate(Aggregate aggregate, Schema schema, ScanOptions options)
    {
        if (aggregate.Property is null)
        {
            Require(aggregate.Function == AggregateFunction.Count, $"The aggregate {aggregate.Function} needs a property.");
            return;
        }

        var type = schema.Find(aggregate.Property).Type;
        Require(
            Allows(aggregate.Function, type),
            $"The aggregate {aggregate.Function} cannot be computed from '{aggregate.Property}', which is of type {type}; it needs {Needs(aggregate.Function)}.");
        Require(
            aggregate.Function != AggregateFunction.Quantile || aggregate.Share is >= 0 and <= 1,
            $"The quantile {aggregate.Share} of '{aggregate.Property}' does not exist; it must be from 0 to 1.");
        CheckHistogram(aggregate, options);
    }

    private static void CheckHistogram(Aggregate aggregate, ScanOptions options)
    {
        if (aggregate.Function != AggregateFunction.Histogram)
        {
            return;
        }

        var finite = double.IsFinite(aggregate.Low) && double.IsFinite(aggregate.High) && double.IsFinite(aggregate.High - aggregate.Low);
        Require(finite && aggregate.Low < aggregate.High, $"The histogram of '{aggregate.Property}' needs a low end below its high end, both finite.");
        if (aggregate.Bins < 1 || aggregate.Bins > options.HistogramBins)
        {
            throw new QueryException(
                $"The histogram of '{aggregate.Property}' has {aggregate.Bins} bins; it must be from 1 to {options.HistogramBins}.",
                nameof(ScanOptions.HistogramBins));
        }
    }

    private static bool Allows(AggregateFunction function, QueryableType type) => function switch
    {
        AggregateFunction.Count => true,
        AggregateFunction.Distinct => type is not (QueryableType.Geometry or QueryableType.Array),
        AggregateFunction.Sum or AggregateFunction.Average or AggregateFunction.Histogram => type is QueryableType.Number or QueryableType.Integer,
        _ => type is QueryableType.Number or QueryableType.Integer or QueryableType.Date or QueryableType.Timestamp,
    };

    private static string Needs(AggregateFunction function) => function switch
    {
        AggregateFunction.Distinct => "anything but a geometry or an array",
        AggregateFunction.Sum or AggregateFunction.Average or AggregateFunction.Histogram => "a number or an integer",
        _ => "a number, an integer, a date or a timestamp",
    };

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new QueryException(message);
        }
    }
}
