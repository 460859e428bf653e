using System.ComponentModel.DataAnnotations;

namespace Pudong.Twin.Query.Syntax;

/// <summary>How large an expression may be. Beyond a limit the reader stops with <see cref="Cql2ErrorKind.FilterTooComplex"/>.</summary>
public sealed class Cql2Limits
{
    /// <summary>The limits that hold where nothing else is said.</summary>
    public static Cql2Limits Default { get; } = new();

    /// <summary>Length of the source, text or JSON, in UTF-16 code units.</summary>
    /// <value>From 1 to 1,048,576. The default is 65,536.</value>
    [Range(1, 1_048_576)]
    public int TextLength { get; set; } = 65_536;

    /// <summary>How deep operations, parentheses and lists may be nested.</summary>
    /// <value>From 1 to 256; the reader recurses, so more would endanger the stack. The default is 64.</value>
    [Range(1, 256)]
    public int Depth { get; set; } = 64;

    /// <summary>Items in one list or arguments of one operation.</summary>
    /// <value>From 1 to 100,000. The default is 10,000.</value>
    [Range(1, 100_000)]
    public int ListItems { get; set; } = 10_000;

    /// <summary>Positions in all geometries of the expression together.</summary>
    /// <value>From 1 to 1,000,000. The default is 100,000.</value>
    [Range(1, 1_000_000)]
    public int Vertices { get; set; } = 100_000;

    /// <summary>
    /// Pairs of polygon edges in one geometry whose extents overlap. Checking a polygon costs about 0.5 µs for each: long edges
    /// side by side have as many pairs as the square of their number, while polygons of maps have a few for every edge.
    /// </summary>
    /// <value>From 1,000 to 10,000,000. The default is 50,000.</value>
    [Range(1_000, 10_000_000)]
    public int EdgePairs { get; set; } = 50_000;
}
