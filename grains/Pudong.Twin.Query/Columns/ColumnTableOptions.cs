using System.ComponentModel.DataAnnotations;

namespace Pudong.Twin.Query.Columns;

/// <summary>How large the parts of a table may grow.</summary>
public sealed class ColumnTableOptions
{
    /// <summary>The options that hold where nothing else is said.</summary>
    public static ColumnTableOptions Default { get; } = new();

    /// <summary>Different texts of one column that is kept by dictionary; one more is refused. Mark columns of more as <see cref="Schemas.Queryable.Distinct"/>.</summary>
    /// <value>From 1 to 16,777,216. The default is 1,048,576.</value>
    [Range(1, 16_777_216)]
    public int DictionaryEntries { get; set; } = 1_048_576;
}
