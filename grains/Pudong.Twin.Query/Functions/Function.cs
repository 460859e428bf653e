using System.Collections.Immutable;
using Pudong.Twin.Query.Evaluation;

namespace Pudong.Twin.Query.Functions;

/// <summary>Computes a function for one record.</summary>
/// <param name="arguments">The arguments, of the kinds that the function declares; an integer may stand where it declares a number. NULL only where it takes NULL.</param>
/// <param name="scope">The record and the moment of <c>now()</c>.</param>
/// <returns>A value of the kind that the function declares, or NULL.</returns>
public delegate Value FunctionBody(ReadOnlySpan<Value> arguments, in Scope scope);

/// <summary>A function that expressions may call.</summary>
/// <remarks>
/// <see cref="ValueKind.Null"/> among <paramref name="parameters"/> takes a value of any kind, but all such parameters of a call have the same one; as
/// <paramref name="result"/> it is that kind. <see cref="ValueKind.Integer"/> is not used: <see cref="ValueKind.Number"/> stands for integers too.
/// </remarks>
/// <param name="name">The name, in lower case; expressions may write it in any case.</param>
/// <param name="parameters">The kinds of the arguments.</param>
/// <param name="result">The kind of the result.</param>
/// <param name="body">Computes it; called from many threads at once, and must not throw.</param>
public sealed class Function(string name, ImmutableArray<ValueKind> parameters, ValueKind result, FunctionBody body)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>The kinds of the arguments.</summary>
    public ImmutableArray<ValueKind> Parameters { get; } = parameters;

    /// <summary>The kind of the result.</summary>
    public ValueKind Result { get; } = result;

    /// <summary>Computes the function.</summary>
    public FunctionBody Body { get; } = body;

    /// <summary>The last parameter may be given any number of times, but at least once.</summary>
    public bool Repeats { get; init; }

    /// <summary>The body is also called when an argument is NULL; otherwise the result is NULL then.</summary>
    public bool TakesNull { get; init; }

    /// <summary>The result depends on the moment of <c>now()</c>.</summary>
    public bool ReadsMoment { get; init; }

    /// <summary>The result depends on the record beyond the arguments, so that a scan has to call it for every row.</summary>
    public bool ReadsRecord { get; init; }

    /// <summary>What the argument has to look like, such as <c>a duration such as 'PT15M'</c>: for literals the function answers NULL to. They are refused when bound.</summary>
    public string? Form { get; init; }
}
