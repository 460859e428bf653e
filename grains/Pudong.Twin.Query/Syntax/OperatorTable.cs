using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Pudong.Twin.Query.Syntax;

public static partial class Operators
{
    private static readonly FrozenDictionary<string, OperatorInfo> Table =
        Standard().ToFrozenDictionary(info => info.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>All operators of the standard, in no particular order.</summary>
    public static IEnumerable<OperatorInfo> All => Table.Values;

    /// <summary>Looks an operator up by its name in any case; what is not found is a function.</summary>
    /// <param name="name">A name such as <c>ISNULL</c> or <c>t_finishedby</c>.</param>
    /// <param name="info">The operator, with the spelling that an <see cref="Operation"/> holds.</param>
    /// <returns>Whether the standard defines the operator.</returns>
    public static bool TryGet(string name, [NotNullWhen(true)] out OperatorInfo? info) => Table.TryGetValue(name, out info);

    private static IEnumerable<OperatorInfo> Standard() =>
    [
        new(And, OperatorCategory.Logic, 2, int.MaxValue),
        new(Or, OperatorCategory.Logic, 2, int.MaxValue),
        new(Not, OperatorCategory.Logic, 1, 1),
        .. Of(OperatorCategory.Comparison, Equal, NotEqual, Less, Greater, LessOrEqual, GreaterOrEqual, Like, In),
        new(Between, OperatorCategory.Comparison, 3, 3),
        new(IsNull, OperatorCategory.Comparison, 1, 1),
        new(CaseInsensitive, OperatorCategory.Character, 1, 1),
        new(AccentInsensitive, OperatorCategory.Character, 1, 1),
        .. Of(OperatorCategory.Arithmetic, Add, Subtract, Multiply, Divide, Power, Modulo, IntegerDivide),
        .. Of(
            OperatorCategory.Spatial,
            "s_contains", "s_crosses", "s_disjoint", "s_equals", "s_intersects", "s_overlaps", "s_touches", "s_within"),
        .. Of(
            OperatorCategory.Temporal,
            "t_after", "t_before", "t_contains", "t_disjoint", "t_during", "t_equals", "t_finishedBy", "t_finishes",
            "t_intersects", "t_meets", "t_metBy", "t_overlappedBy", "t_overlaps", "t_startedBy", "t_starts"),
        .. Of(OperatorCategory.Array, "a_containedBy", "a_contains", "a_equals", "a_overlaps"),
    ];

    private static IEnumerable<OperatorInfo> Of(OperatorCategory category, params string[] names) =>
        names.Select(name => new OperatorInfo(name, category, 2, 2));
}
