using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Pudong.Twin.Query.Syntax;

namespace Pudong.Twin.Query.Functions;

/// <summary>The functions that expressions may call. Immutable: adding functions makes another registry.</summary>
public sealed class FunctionRegistry
{
    private readonly FrozenDictionary<string, Function> _functions;

    private FunctionRegistry(IEnumerable<Function> functions) =>
        _functions = functions.ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);

    /// <summary><c>now</c>, <c>duration</c>, <c>upper</c>, <c>lower</c>, <c>coalesce</c> and <c>distance</c>.</summary>
    public static FunctionRegistry Standard { get; } = new(StandardFunctions.All);

    /// <summary>All functions, in no particular order.</summary>
    public IEnumerable<Function> All => _functions.Values;

    /// <summary>A registry with further functions.</summary>
    /// <param name="functions">The functions to add.</param>
    /// <exception cref="ArgumentException">A name is not in lower case, is an operator of CQL2, or is there already; or a function repeats no parameter.</exception>
    public FunctionRegistry With(params IEnumerable<Function> functions)
    {
        var all = _functions.Values.ToList();
        foreach (var function in functions)
        {
            Check(function, all);
            all.Add(function);
        }

        return new FunctionRegistry(all);
    }

    /// <summary>Finds a function.</summary>
    /// <param name="name">The name in lower case.</param>
    /// <param name="function">The function.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out Function? function) => _functions.TryGetValue(name, out function);

    private static void Check(Function function, List<Function> others)
    {
        var name = function.Name;
        if (name.Length == 0 || name.Any(char.IsUpper) || Operators.TryGet(name, out _))
        {
            throw new ArgumentException($"A function cannot be named '{name}'; a name is in lower case and no operator of CQL2.", nameof(function));
        }

        if (others.Exists(other => other.Name == name))
        {
            throw new ArgumentException($"There is a function '{name}' already; give this one another name.", nameof(function));
        }

        if (function.Repeats && function.Parameters.IsEmpty)
        {
            throw new ArgumentException($"The function '{name}' repeats its last parameter and has none; declare one.", nameof(function));
        }
    }
}
