namespace Pudong.Twin.Query.Syntax;

/// <summary>What an operator of the standard works on.</summary>
public enum OperatorCategory
{
    /// <summary>AND, OR, NOT.</summary>
    Logic,

    /// <summary>Equal, less and their kin, LIKE, BETWEEN, IN and IS NULL.</summary>
    Comparison,

    /// <summary>Plus, minus, times, divided, remainder, power.</summary>
    Arithmetic,

    /// <summary><c>s_*</c>: how two geometries lie to each other.</summary>
    Spatial,

    /// <summary><c>t_*</c>: how two instants or intervals lie to each other.</summary>
    Temporal,

    /// <summary><c>a_*</c>: what two arrays have in common.</summary>
    Array,

    /// <summary>CASEI and ACCENTI: a text made from a text.</summary>
    Character,
}

/// <summary>An operator that the standard defines.</summary>
/// <param name="Name">The name as CQL2 JSON writes it, such as <c>isNull</c> or <c>t_finishedBy</c>.</param>
/// <param name="Category">What it works on.</param>
/// <param name="MinArguments">The fewest arguments it takes.</param>
/// <param name="MaxArguments">The most arguments it takes; <see cref="int.MaxValue"/> for AND and OR.</param>
public sealed record OperatorInfo(string Name, OperatorCategory Category, int MinArguments, int MaxArguments);
