using Pudong.Twin.Query.Schemas;
using Pudong.Twin.Query.Texts;

namespace Pudong.Twin.Query.Scans;

/// <summary>The queryables that a question names.</summary>
internal static class Queryables
{
    /// <summary>Finds a queryable by its exact name.</summary>
    /// <exception cref="QueryException">There is none; the message names the nearest one.</exception>
    public static Schemas.Queryable Find(this Schema schema, string name)
    {
        var ordinal = schema.OrdinalOf(name);
        if (ordinal >= 0)
        {
            return schema[ordinal];
        }

        var nearest = NearestName.Of(name, schema.Queryables.Select(queryable => queryable.Name));
        throw new QueryException($"Unknown property '{name}'{(nearest is null ? "." : $"; did you mean '{nearest}'?")}");
    }
}
